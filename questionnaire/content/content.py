"""The content: questions, rules, words and countries, which are data, and their version.

The only module that knows in which folders they lie.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from questionnaire.content.question import Question
from questionnaire.content.reading import read_questions
from rules import (
    SIGNED_OFF,
    Answer,
    Conclusion,
    Rule,
    Rulebook,
    Signature,
    Source,
    Table,
    code_of,
    conclude,
    read_rulebook,
    read_signatures,
    read_tables,
    read_toml,
)

ROOT = Path(__file__).parent.parent.parent
_WORDS = "questionnaire/words.toml"
_HEADING = "heading_"

COUNTRY = "country"
"""The question whose answer decides which numbers and registers are shown, and nothing else."""


@dataclass(frozen=True)
class Country:
    """Where a reader may be, and whom to call there.

    `crisis` are the lines for somebody in distress, each with its number; `note` is what else to
    know before a call, and `after_birth` what to know in the year after a birth.  `sources` says
    where each number was found, and `checked` when.
    """

    id: str
    name: str
    emergency: str
    same_day: str
    crisis: tuple[str, ...] = ()
    note: str = ""
    after_birth: str = ""
    sources: tuple[str, ...] = ()
    checked: date | None = None


@dataclass(frozen=True)
class ContentStamp:
    """Which content a file was made with, as the file says; empty where it does not say."""

    version: str
    sha256: str


@dataclass(frozen=True)
class Content:
    """One version of the content, as read from its folder.

    `sha256` is taken over the questions and the rules, which alone decide a result.  `templates`
    is the folder of the pages: ours, where the content has none of its own.  `cited` are the works
    that rules and pages cite: ours among them, where the pages are ours.
    """

    questions: tuple[Question, ...]
    rulebook: Rulebook
    words: Mapping[str, str]
    countries: tuple[Country, ...]
    sha256: str
    signatures: Mapping[str, Signature]
    templates: Path
    cited: Mapping[str, Source] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version's name, as the rules give it."""
        return str(self.rulebook.about["version"])

    @property
    def stamp(self) -> ContentStamp:
        """How files name this content."""
        return ContentStamp(self.version, self.sha256)

    def question(self, question_id: str) -> Question:
        """The question with this id; StopIteration is a bug of the caller."""
        return next(question for question in self.questions if question.id == question_id)

    def chosen_countries(
        self, ids: Sequence[str], answers: Mapping[str, object] | None = None
    ) -> tuple[Country, ...]:
        """The countries whose numbers are shown: these; or that of the answer; or all of them."""
        said = (answers or {}).get(COUNTRY)
        named = ids or ([str(said)] if said else [])
        return tuple(country for country in self.countries if not named or country.id in named)

    def answers_of_country(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The answer that is known before it is asked, where one country is named; or none."""
        asked = (each for each in self.questions if each.id == COUNTRY)
        known = {option.id for question in asked for option in question.options}
        return {COUNTRY: ids[0]} if len(ids) == 1 and ids[0] in known else {}

    def code(self, rule: Rule) -> str:
        """What a clinician signs: the rule, with the wording of the questions that it rests on."""
        asked = {comparison.question for comparison in rule.when.comparisons()}
        return code_of(rule, [each.digest for each in self.questions if each.id in asked])

    def signature(self, rule: Rule) -> Signature | None:
        """The sign-off of this rule; None without one, or when anything has changed since."""
        signature = self.signatures.get(rule.id)
        return signature if signature and signature.code == self.code(rule) else None

    def word(self, key: str) -> str:
        """A message of the program, in today's words where this content is too old to have it."""
        return self.words.get(key) or _our_words()[key]

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings that stand in more than one place of the report, by what they head."""
        keys = [key for key in _our_words() if key.startswith(_HEADING)]
        return {key.removeprefix(_HEADING): self.word(key) for key in keys}

    def conclude(self, facts: Mapping[str, Answer]) -> Conclusion:
        """The conclusion that the rules draw from the answers that count."""
        return conclude(self.rulebook, facts)


def read_content(root: Path = ROOT) -> Content:
    """The content in a folder that holds `questionnaire/` and `rules/`; RulesError if it is bad."""
    questions = read_questions(root / "questionnaire" / "questions")
    rulebook = read_rulebook(root / "rules")
    templates = _templates(root)
    borrowed = {} if root / "report_templates" == templates else _our_sources()
    return Content(
        questions=questions,
        rulebook=rulebook,
        words=read_toml(root / _WORDS).words(),
        countries=_read_countries(root / "questionnaire" / "countries.toml"),
        sha256=_digest(root),
        signatures=read_signatures(root / "rules", rulebook.rules),
        templates=templates,
        cited={**borrowed, **rulebook.sources},
    )


@cache
def _our_words() -> Mapping[str, str]:
    return read_toml(ROOT / _WORDS).words()


@cache
def _our_sources() -> Mapping[str, Source]:
    return read_rulebook(ROOT / "rules").sources


def read_reviewers_terms() -> Mapping[str, Mapping[str, str]]:
    """The words around the rules in the reviewer's workbook; the same for every content."""
    return _read_terms("workbook")


def read_paper_terms() -> Mapping[str, Mapping[str, str]]:
    """The words around the questions on the printed form; the same for every content."""
    return _read_terms("paper")


@cache
def read_fhir_terms() -> Mapping[str, Mapping[str, str]]:
    """The words and names around the questions in FHIR resources; the same for every content."""
    return _read_terms("fhir")


def _read_terms(name: str) -> Mapping[str, Mapping[str, str]]:
    tables = read_tables(ROOT / "questionnaire" / f"{name}.toml", "table")
    return {key: table.words() for key, table in tables.items()}


def _templates(root: Path) -> Path:
    own = root / "report_templates"
    return own if own.is_dir() else ROOT / "report_templates"


def _read_countries(path: Path) -> tuple[Country, ...]:
    return tuple(_country(key, table) for key, table in read_tables(path, "country").items())


def _country(key: str, table: Table) -> Country:
    optional = (
        "crisis",
        "note",
        "after_birth",
        "sources",
        "checked",
    )  # content 2026.1 has none of these
    table.check_keys(("name", "emergency", "same_day", *optional), optional, ordered=False)
    return Country(
        key,
        table.text("name"),
        table.text("emergency"),
        table.text("same_day"),
        table.texts("crisis"),
        table.text("note"),
        table.text("after_birth"),
        table.texts("sources"),
        table.day("checked") if "checked" in table.values else None,
    )


def _digest(root: Path) -> str:
    digest = sha256()
    for folder in ("questionnaire/questions", "rules"):
        for path in sorted((root / folder).glob("*.toml")):
            if path.name == SIGNED_OFF:
                continue  # a signature decides no result
            text = path.read_bytes()
            digest.update(f"{folder}/{path.name}\0{len(text)}\0".encode())
            digest.update(text)
    return digest.hexdigest()
