"""People for whom more and more is found, up to the most that can be found for one."""

from collections.abc import Iterator

from benchmarks.people import everything, typical
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import Said, facts
from rules import WITHHOLDING, Answer, Conclusion

_QUIET: Said = {
    "pain_types": ("elsewhere",),
    "pain_duration": "unsure",
    "medicine_problems": ("none",),
    "sleep_trouble": ("none",),
    "sleep_quality": 6,
}
_SIGN: Said = {"warning_any": ("serious_accident",)}
_NO_SIGN: Said = {"pain_duration": "under_6_weeks"}

_COUNTS = (1, 2, 5, *range(10, 100, 10))


def more_and_more(content: Content, *, urgent: bool) -> list[Said]:
    """The first person for whom 1, 2, 5, 10, 20 and so on is found, and the last.

    `urgent`: all have a sign that cannot wait, and the last has all that one person can have; else
    nobody has such a sign, as no benefit is shown then.
    """
    crowd = [(findings(content, each), each) for each in _crowd(content, urgent=urgent)]
    chosen = [crowd[-1]]
    for count in reversed(_COUNTS):
        chosen += [each for each in crowd if count <= each[0] < chosen[-1][0]][:1]
    return [said for _, said in reversed(chosen)]


def findings(content: Content, said: Said) -> int:
    """How much is found."""
    return len(_concluded(content, said).findings)


def _crowd(content: Content, *, urgent: bool) -> Iterator[Said]:
    """Each says one thing more than the one before."""
    said = typical() | _QUIET | (_SIGN if urgent else _NO_SIGN)
    yield said
    for question in content.questions:
        for answer in _answers(question, everything(content)):
            more = {question.id: _besides(question, said, answer)}
            if urgent or _concluded(content, said | more).outcome not in WITHHOLDING:
                said = {**said, **more}
                yield said


def _concluded(content: Content, said: Said) -> Conclusion:
    return content.conclude(facts(content.questions, said))


def _answers(question: Question, said: Said) -> tuple[Answer | None, ...]:
    answer = said[question.id]
    return answer if isinstance(answer, tuple) else (answer,)


def _besides(question: Question, said: Said, answer: Answer | None) -> Answer | None:
    """With what was ticked already, where several may be."""
    if question.kind != "many":
        return answer
    ticked = {answer, *(said[question.id] or ())}
    return tuple(each.id for each in question.options if each.id in ticked and not each.exclusive)
