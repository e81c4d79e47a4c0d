"""What is said while codes from paper are typed in: prompts, answers read back, the review.

Knows the words for it, and not what comes when.
"""

from questionnaire.content.content import Content
from questionnaire.content.numbering import lettered, number_of, written
from questionnaire.content.question import Question
from questionnaire.interview.conversation import in_words
from questionnaire.interview.flow import Said, relevant


def prompt(content: Content, question: Question | None) -> str:
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
    if question.kind == "text":
        return named(content, said, "codes_taken", question)
    code = written(question, said.get(question.id))
    return named(content, said, "codes_review_line", question, code=code)


def named(content: Content, said: Said, key: str, question: Question, **values: object) -> str:
    """Words about a question, with its number, its name, and the answer so far."""
    return content.words[key].format(
        number=number_of(content.questions, question.id),
        short=question.short,
        answer=in_words(question, said.get(question.id), content.words),
        **values,
    )
