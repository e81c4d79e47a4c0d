"""What is said while codes from paper are typed in: prompts, answers read back, the review.

Knows the words for it, and not what comes when.
"""

from questionnaire.content.content import Content
from questionnaire.content.numbering import BLANK, lettered, number_of, written
from questionnaire.content.question import Question
from questionnaire.interview.flow import NOT_ASKED, Response, Said, Unsaid, relevant
from questionnaire.interview.wording import in_words


def prompt_for(content: Content, question: Question | None) -> str:
    """What to type now: the code of a question, or at the review that all is right."""
    if question is None:
        return content.words["codes_review"]
    is_scale = question.kind == "scale"
    return content.words[f"codes_{question.kind}"].format(
        number=number_of(content.questions, question.id),
        short=question.short,
        lowest=question.lowest,
        highest=question.highest if is_scale else max(lettered(question), default=""),
    )


def explained(content: Content, question: Question | None) -> str:
    """How to type, and the question as it stands on paper."""
    lines = [content.words["codes_help"]]
    if question:
        lines += ["", question.ask, *filter(None, [question.help])]
        lines += [f"{letter}  {option.label}" for letter, option in lettered(question).items()]
    if question and question.kind == "scale":
        lines += [f"{question.lowest} = {question.low}", f"{question.highest} = {question.high}"]
    return "\n".join(lines)


def reviewed(content: Content, said: Said) -> str:
    """All the answers that count, with their codes."""
    asked = relevant(content.questions, said)
    return "\n".join(
        [content.words["review_title"], *(_reviewed(content, said, each) for each in asked)]
    )


def _reviewed(content: Content, said: Said, question: Question) -> str:
    here = said.get(question.id, NOT_ASKED)
    if question.kind == "text":
        return named(content, "codes_taken", question, here)
    code = BLANK if isinstance(here, Unsaid) else written(question, here)
    return named(content, "codes_review_line", question, here, code=code)


def named(
    content: Content,
    key: str,
    question: Question,
    said: Response | Unsaid | None = None,
    **values: object,
) -> str:
    """Words about a question, with its number, its name, and what was said to it, if anything."""
    return content.words[key].format(
        number=number_of(content.questions, question.id),
        short=question.short,
        answer=in_words(question, NOT_ASKED if said is None else said, content.words),
        **values,
    )
