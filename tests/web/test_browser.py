"""The pages in a real browser: for eyes, for keyboards and for screen readers."""

import pytest
from browsers import KINDS, every_kind, faults, first_of
from parts import later
from vignettes import answers_of, baseline

from questionnaire.content.content import ROOT
from questionnaire.interview.flow import SKIPPED

SIZES = (320, 768, 1280)


def looks(**how):
    """How a browser may show the pages."""
    return {"viewport": {"width": how.pop("width"), "height": 800}} | how


USUAL = looks(width=320, color_scheme="light")
SCHEMES = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})
WAYS = [
    looks(width=width, script=(row + column) % 2 == 1, **scheme)
    for row, width in enumerate(SIZES)
    for column, scheme in enumerate(SCHEMES)
]


def inspected(reader, content):
    """Look at every kind of page; what is wrong with each."""
    kinds, wrong = [], []
    for kind in every_kind(reader, content, answers_of("emergency", content)):
        kinds.append(kind)
        found = [*faults(reader.page), *too_small(reader), *too_wide(reader)]
        if reader.page.locator("h1").count() != 1:
            found.append("has no one heading")
        wrong += [f"{kind}: {fault}" for fault in found]
    assert set(kinds) == set(KINDS)
    elsewhere = [url for url in reader.asked_for if not url.startswith(reader.address)]
    told = [each for each in reader.told if not any(part in each for part in EXPECTED)]
    return wrong + elsewhere + told


EXPECTED = ("404", "ERR_FAILED", "Clear-Site-Data")
"""What the browser tells of what we do on purpose."""


SMALL = """() => [...document.querySelectorAll('button, label, .button, .call')].filter(it => {
  const box = it.getBoundingClientRect(), above = it.htmlFor && !it.closest('.choice, .number');
  return box.width && box.height && Math.min(box.width, box.height) < 43.9 && !above;
}).map(it => it.innerText)"""
"""What is too small to hit, but for a label above its field, which is large enough by itself."""


def too_small(reader):
    """Targets under 44 pixels."""
    return [f"{text!r} is too small to hit" for text in reader.page.evaluate(SMALL)]


def too_wide(reader):
    """Whether a page has to be scrolled sideways, in the reader's usual text or in one twice so
    large.
    """
    for size in ("", "200%"):
        reader.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        if reader.is_too_wide():
            yield f"has to be scrolled sideways in text of {size or 'usual size'}"
    reader.page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.exhaustive
def test_no_kind_of_page_has_a_fault_on_a_small_screen(reader, content):
    assert inspected(reader(**USUAL), content) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", WAYS, ids=str)
def test_no_kind_of_page_has_a_fault_however_it_is_shown(how, reader, content):
    assert inspected(reader(**how), content) == []


SPOILED = """
document.querySelector("main").insertAdjacentHTML("beforeend",
  '<img src="/icon.svg"><input type="text"><a href="#x"></a>' +
  '<p style="color: #eee; background: #fff">hardly seen</p><h5>deep</h5>' +
  '<button style="all: unset; display: block; width: 9px; height: 9px">tiny</button>');
document.documentElement.removeAttribute("lang");
"""


def test_axe_finds_what_is_wrong_with_a_page_that_was_spoiled(reader):
    spoiled = reader(bypass_csp=True)
    spoiled.page.evaluate(SPOILED)
    found = {fault.split(":")[0] for fault in faults(spoiled.page)}
    assert {"image-alt", "label", "link-name", "color-contrast", "html-has-lang"} <= found
    assert too_small(spoiled) == ["'tiny' is too small to hit"]


def tabs_to(page, text):
    """Press Tab until this is focused."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent"
        )
        if text in focused:
            return
    raise AssertionError(f"{text} cannot be reached")


@pytest.mark.parametrize("who", ["no pain", *later("typical")])
def test_a_keyboard_alone_leads_from_start_to_the_pdf(who, reader, content):
    person = reader()
    page, answers = person.page, answers_of(who, content)
    enters(page, "Start")
    while person.path != "review":
        question = content.question(person.asked())
        typed(page, question, answers.get(question.id, SKIPPED))
    enters(page, "All is right")
    tabs_to(page, "Report as a PDF")
    with page.expect_download(timeout=60_000) as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".pdf")
    assert saved.value.path().read_bytes().startswith(b"%PDF-")


def enters(page, text):
    tabs_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(page, question, answer):
    if answer is SKIPPED:
        enters(page, "I would rather not say")
        return
    if question.kind == "text":
        tabs_to(page, question.ask)
        page.keyboard.type(answer)
    else:
        chosen(page, question, answer)
    enters(page, "Continue")


def chosen(page, question, answer):
    """Radios are one stop, with arrows between them; checkboxes are a stop each."""
    labels = [option.label for option in question.options] or [
        str(each) for each in range(question.lowest, question.highest + 1)
    ]
    ids = [option.id for option in question.options] or [
        *range(question.lowest, question.highest + 1)
    ]
    if question.kind == "many":
        for each in answer:
            tabs_to(page, question.option(each).label)
            page.keyboard.press("Space")
        return
    tabs_to(page, labels[0])
    page.keyboard.press("Space")
    for _ in range(ids.index(answer)):
        page.keyboard.press("ArrowDown")


def test_after_erase_back_shows_nothing(reader, content):
    person = reader()
    person.presses("start")
    seen = []
    for _ in range(4):
        question = content.question(person.asked())
        seen.append(question.ask)
        person.says(question, baseline()[question.id])
    person.stands_before(content, baseline(), None)
    person.presses("go_on")
    seen.append(person.page.locator("h1").inner_text())
    person.page.goto("/leave")
    person.presses("erase")
    assert person.page.locator("h1").inner_text() == "All is erased"
    for _ in range(8):
        person.page.go_back()
        words = person.page.locator("main").inner_text()
        assert not any(ask in words for ask in seen)
        assert not person.page.locator("input:checked").count()


def test_back_in_the_browser_shows_the_question_before_with_its_answer(reader, content):
    person = reader()
    person.presses("start")
    first = content.question(person.asked())
    person.says(first, "ie")
    person.says(content.question(person.asked()), "self")
    person.page.go_back()
    person.page.go_back()
    assert person.asked() == first.id
    assert person.page.locator("input:checked").get_attribute("value") == "ie"
    person.says(first, "uk")
    assert person.path == "question/3"


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(reader, content):
    for script in (True, False):
        person = reader(java_script_enabled=script)
        person.presses("start")
        person.presses("next")
        summary = person.page.locator(".faults")
        assert summary.evaluate("it => it === document.activeElement")
        person.page.locator(".faults a").click()
        focused = person.page.locator(":focus")
        if script:
            assert focused.get_attribute("name") == person.asked()
        assert person.page.title().startswith("Error: ")


def many(reader, content):
    """Somebody at the first question with boxes to tick."""
    person, question = reader(), first_of(content, baseline(), "many")
    person.stands_before(content, baseline(), question)
    return person, question


def test_with_a_script_none_unticks_the_others_and_they_untick_it(reader, content):
    person, question = many(reader, content)
    alone = next(option.id for option in question.options if option.exclusive)
    others = [option.id for option in question.options if not option.exclusive][:2]
    box = {each: person.page.locator(f'input[value="{each}"]') for each in (alone, *others)}
    for each in others:
        box[each].check(force=True)
    box[alone].check(force=True)
    assert [box[each].is_checked() for each in others] == [False, False]
    box[others[0]].check(force=True)
    assert not box[alone].is_checked()


def test_the_body_ticks_the_same_boxes(reader, content):
    person, _ = many(reader, content)
    areas = person.page.locator(".area")
    ticked = {areas.nth(number).get_attribute("data-ticks") for number in range(areas.count())}
    for each in ticked:
        area = person.page.locator(f'.area[data-ticks="{each}"]').first
        box = person.page.locator(f'input[value="{each}"]')
        area.dispatch_event("click")
        assert box.is_checked()
        assert "on" in area.get_attribute("class")
        box.uncheck(force=True)
        assert "on" not in area.get_attribute("class").split()


def test_the_count_tells_how_many_characters_are_left(reader, content):
    person, question = reader(), first_of(content, baseline(), "text")
    person.stands_before(content, baseline(), question)
    person.page.fill("textarea", "ä😀 b")
    left = question.longest - 4
    assert (
        person.page.locator(".count").inner_text()
        == f"{left} of {question.longest} characters left."
    )


HEARD = ROOT / "tests" / "snapshots" / "pages.txt"


def test_a_screen_reader_hears_the_pages_in_this_order(reader, content, request):
    person, heard = reader(), ""
    for kind in every_kind(person, content, answers_of("emergency", content)):
        if kind in {"one", "many", "scale", "text", "fault", "emergency"}:
            heard += f"# {kind}\n{person.page.locator('body').aria_snapshot()}\n"
    if request.config.getoption("--write-snapshots"):
        HEARD.write_text(heard, encoding="utf-8")
    assert heard == HEARD.read_text(encoding="utf-8"), (
        "write it anew once you have looked at it: "
        "python -m pytest tests/web/test_browser.py -k hears --write-snapshots"
    )
