"""LHC-Forms, a renderer of questionnaires that others wrote, in a browser.

It is served from its package to the one page that it runs on, and reaches no network.
"""

import mimetypes
from contextlib import contextmanager

from browsers import CHROMIUM
from npm import LHC_FORMS, package

HOME = "http://form.test/"
SCRIPTS = (
    "webcomponent/assets/lib/zone.min.js",
    "webcomponent/runtime.js",
    "webcomponent/polyfills.js",
    "webcomponent/main.js",
    "fhir/R4/lformsFHIR.min.js",
)
PAGE = """<!doctype html>
<html><head><meta charset="utf-8"></head><body><div id="form"></div>{}</body></html>"""
SHOW = "form => LForms.Util.addFormToPage(form, 'form', {fhirVersion: 'R4'})"
TAKE = "LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"
MERGE = """([form, responses]) => responses.map(response => {
    window.read ??= JSON.stringify(LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4'));
    const merged = LForms.Util.mergeFHIRDataIntoLForms(response, JSON.parse(window.read), 'R4');
    return LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4', merged);
})"""
CLICK = "label => label.click()"
SHOWN = """[...document.querySelectorAll('lhc-item')]
    .filter(each => each.getClientRects().length)
    .map(each => each.id.replace('item-', '').split('/')[0])"""


def why_not():
    """Why it cannot run here; empty where it can."""
    return "" if CHROMIUM else "LHC-Forms runs in Chromium, and there is none"


class Renderer:
    """One page with the form; each person gets a fresh one."""

    def __init__(self, page):
        self.page = page

    def show(self, form):
        self.page.evaluate(SHOW, form)

    def fill(self, question, answer):
        """Answer a question as a person does: by a click, or by typing."""
        if question.kind in {"one", "many"}:
            for code in answer if isinstance(answer, tuple) else (answer,):
                self.page.locator(f'label[id^="{question.id}/"][id$="|{code}"]').evaluate(CLICK)
            return
        box = self.page.locator(f':is(input, textarea)[id^="{question.id}/"]')
        box.fill(str(answer))
        box.blur()

    def shown(self):
        """The linkIds of what can be seen."""
        return {*self.page.evaluate(SHOWN)}

    def response(self):
        return self.page.evaluate(TAKE)

    def through(self, form, responses):
        """What its own functions make of responses that are put into the form and taken out."""
        return self.page.evaluate(MERGE, [form, responses])


@contextmanager
def renderer(browser):
    """The renderer; `npm.MissingPackageError` where its package cannot be had."""
    folder = package(LHC_FORMS) / "dist" / "lforms"
    scripts = "".join(f'<script src="{each}"></script>' for each in SCRIPTS)

    def serve(route):
        name = route.request.url.removeprefix(HOME)
        path = folder / name
        if not name:
            route.fulfill(body=PAGE.format(scripts), content_type="text/html; charset=utf-8")
        elif path.is_file():
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            route.fulfill(body=path.read_bytes(), content_type=f"{kind}; charset=utf-8")
        else:
            route.abort()

    with browser.new_page() as page:
        page.route("**/*", serve)
        page.goto(HOME)
        page.wait_for_function("window.LForms && LForms.FHIR")
        yield Renderer(page)
