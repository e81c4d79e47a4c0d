"""The reviewer's workbook as a CSV table.  Knows its columns."""

from collections.abc import Iterator, Mapping

from questionnaire.report.workbook import QuestionEntry, RuleEntry, Workbook
from questionnaire.system.csv import MARK, line


def to_csv(workbook: Workbook) -> bytes:
    """The workbook as CSV in UTF-8, with a byte order mark, by which spreadsheets know UTF-8."""
    columns = workbook.terms["columns"]
    rows = (tuple(row.get(column, "") for column in columns) for row in _rows(workbook))
    return MARK + b"".join(map(line, (tuple(columns.values()), *rows)))


def _rows(workbook: Workbook) -> Iterator[Mapping[str, str]]:
    parts = workbook.terms["parts"]
    yield {"part": parts["well"], "told": workbook.well}
    for entries in workbook.entries.values():
        yield from (_rule(entry) | {"part": parts["rule"]} for entry in entries)
    yield from (_question(asked) | {"part": parts["question"]} for asked in workbook.asked)
    for outcome in workbook.content.rulebook.outcomes.values():
        told = (outcome.title, outcome.next, outcome.talk)
        yield {"part": parts["outcome"], "id": outcome.id, "told": "\n".join(told)}
    for work, cite in workbook.works.items():
        yield {"part": parts["work"], "id": work, "told": cite}
    yield from ({"part": parts["proved"], "told": text} for text in workbook.proved)


def _rule(entry: RuleEntry) -> dict[str, str]:
    rule = entry.rule
    studies = (*rule.evidence, *rule.guidelines, rule.against)
    told = (rule.title, rule.because, *studies, rule.certainty, rule.advice)
    return {
        "id": rule.id,
        "code": entry.code,
        "class": entry.klass,
        "says": rule.says,
        "sources": "\n".join(entry.sources),
        "when": "\n".join(entry.when),
        "told": "\n".join(filter(None, told)),
        "hit": entry.hit,
        "miss": entry.miss,
        "reviewed": entry.reviewed,
    }


def _question(asked: QuestionEntry) -> dict[str, str]:
    question = asked.question
    labels = (f"{option.id}: {option.label}" for option in question.options)
    return {
        "id": question.id,
        "class": asked.takes,
        "when": "\n".join(asked.when),
        "told": "\n".join(filter(None, (question.ask, question.help, *labels))),
    }
