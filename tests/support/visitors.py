"""People at the pages: they read forms, fill them in and send them, and know nothing else.

A visitor speaks WSGI to the program in this process, as a server would.
"""

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from people import in_order
from vignettes import answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.settings import Settings, today
from questionnaire.web.press import Press
from questionnaire.web.serve import home

HOST, PORT = "127.0.0.1", "8000"
ORIGIN = f"http://{HOST}:{PORT}"
_BETWEEN = b"between-the-parts"


@dataclass
class Field:
    """A field of a form, with the values it may take and those it has."""

    kind: str
    values: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as the page has it: where it goes, its fields and its buttons by name."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """A page, as far as somebody reads it: its forms, its links, its words."""

    def __init__(self, response):
        super().__init__()
        self.response = response
        self.forms, self.links, self.heads, self.text = [], [], [], []
        self.title, self.outcome, self.language = "", "", ""
        self._inside = []
        self._area = None
        self.feed(response.text)
        self.words = " ".join(" ".join(self.text).split())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        match tag:
            case "form":
                self.forms.append(Form(given["method"].upper(), given["action"]))
            case "input" if "name" in given and given["type"] != "file":
                self._field(given)
            case "textarea":
                self._area = self.forms[-1].fields.setdefault(given["name"], Field("text"))
            case "button" if "name" in given:
                self.forms[-1].buttons.append((given["name"], given["value"]))
            case "a":
                self.links.append(given["href"])
            case "main":
                self.outcome = given.get("data-outcome", "")
            case "html":
                self.language = given.get("lang", "")
        if tag in {"h1", "h2", "title", "script", "style"}:
            self._inside.append(tag)
            if tag in {"h1", "h2"}:
                self.heads.append((tag, ""))

    def _field(self, given):
        found = self.forms[-1].fields.setdefault(given["name"], Field(given["type"]))
        found.values.append(given.get("value", ""))
        if given["type"] == "hidden" or "checked" in given:
            found.given.append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self._area.given = ["".join(self._area.given).removeprefix("\n")]
            self._area = None
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if self._area:
            self._area.given.append(data)
        match self._inside[-1:]:
            case ["title"]:
                self.title += data
            case ["h1"] | ["h2"]:
                tag, text = self.heads[-1]
                self.heads[-1] = tag, text + data
        if self._inside[-1:] not in (["script"], ["style"], ["title"]):
            self.text.append(data)

    @property
    def h1(self):
        return [" ".join(text.split()) for tag, text in self.heads if tag == "h1"]


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes
    path: str

    @property
    def text(self):
        return self.body.decode() if "html" in self.headers.get("Content-Type", "") else ""


class Visitor:
    """Somebody at the pages, with a cookie and the page that was loaded last.

    `root` is where the addresses of the pages begin.
    """

    root = "/"

    def __init__(self, application, *, comes_in=True):
        self.application = application
        self.cookies = {}
        self.page = None
        if comes_in:
            self.get(f"/enter/{application.entrance.key}")

    def asks(self, method, path, body=b"", **headers):
        """One request and its response, without going where it leads."""
        parts = urlsplit(path)
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": PORT,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HOST,
            "HTTP_HOST": f"{HOST}:{PORT}",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_LENGTH": str(len(body)) if body or method == "POST" else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        } | headers
        told = {}

        def start(status, found, _=None):
            told["status"] = int(status.split()[0])
            told["headers"] = dict(found)
            for name, value in found:
                if name == "Set-Cookie":
                    self._takes(value)

        answer = self.application(environ, start)
        content = b"".join(answer)
        answer.close()
        return Response(told["status"], told["headers"], content, path)

    def _takes(self, cookie):
        name, _, value = cookie.split(";")[0].strip().partition("=")
        self.cookies[name] = value

    def get(self, path):
        """The page at an address, wherever it leads."""
        return self._followed(self.asks("GET", path))

    def posts(self, path, pairs):
        """Send a form."""
        body = urlencode(pairs).encode()
        kind = "application/x-www-form-urlencoded"
        return self._followed(self.asks("POST", path, body, CONTENT_TYPE=kind))

    def _followed(self, response):
        while response.status in {301, 302, 303, 307}:
            path = urljoin(response.path, response.headers["Location"])
            response = self.asks("GET", path)
        self.page = Page(response) if response.text else None
        self.response = response
        return self.page or response

    def form(self):
        """The one form of the page."""
        (form,) = self.page.forms
        return form

    def sends(self, button, value="", **answers):
        """Fill the form in, and press a button; what is not filled in stays as it is."""
        form = self.form()
        pairs = []
        for name, found in form.fields.items():
            given = answers.get(name, found.given)
            pairs += [
                (name, str(each)) for each in ([given] if isinstance(given, str | int) else given)
            ]
        assert set(answers) <= set(form.fields)
        named = next(each for each in form.buttons if each[0] == button and value in {"", each[1]})
        return self.posts(form.action, [*pairs, named])

    def begins(self):
        self.get(self.root)
        return self.sends("start")

    def asked(self):
        """The question that the page asks."""
        return self.form().fields["asked"].given[0]

    def says(self, answer):
        """Answer the question of the page; to SKIPPED, pass it over."""
        if answer is SKIPPED:
            return self.sends("skip")
        return self.sends("next", **{self.asked(): answer})

    def brings(self, file):
        """Go on with a file."""
        token = self.get(f"{self.root}bring").forms[0].fields["csrfmiddlewaretoken"].given[0]
        parts = (
            (b'name="csrfmiddlewaretoken"', token.encode()),
            (b'name="file"; filename="brought"', file),
        )
        told = b"".join(
            b"--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (_BETWEEN, head, body)
            for head, body in parts
        )
        kind = f"multipart/form-data; boundary={_BETWEEN.decode()}"
        body = told + b"--%s--\r\n" % _BETWEEN
        return self._followed(self.asks("POST", f"{self.root}bring", body, CONTENT_TYPE=kind))

    def answers_all(self, content, answers):
        """Go through the whole interview, to the result.

        After an alarm they go on, as long as they have more to say.
        """
        self.begins()
        for question, answer in in_order(content.questions, answers):
            if self.is_at("emergency"):
                self.sends("stop" if _is_silent(question, answer) else "go_on")
            if self.is_at("result"):
                return self.page
            assert self.asked() == question.id
            self.says(answer)
        if self.is_at("emergency"):
            self.sends("go_on")
        return self.finishes()

    def finishes(self):
        """All is right."""
        return self.sends("go_on") if self.is_at("review") else self.page

    def is_at(self, page):
        """Whether this is the page that was loaded last."""
        return self.response.path == f"{self.root}{page}"


def _is_silent(question, answer):
    return answer is SKIPPED and not question.optional


def pages_of(content, press=None, **settings):
    """The pages; without a press no PDF is printed."""
    if press is None:
        press = Press(1)
        press.close()
    return home(content, Settings(today(), **settings), press)


def an_emergency(content):
    """Somebody with one emergency sign, and the question that it answers."""
    answers = answers_of("emergency", content)
    said = {}
    for question, answer in in_order(content.questions, answers):
        said[question.id] = answer
        if case_of(content, said).conclusion.outcome == "emergency":
            return question.id, answers
    raise AssertionError
