"""People who answer: the keys and the lines that they would type."""

from questionnaire.interview.flow import SKIPPED, next_question

ENTER, DOWN, UP, LEFT, SPACE = "\r", "\x1b[B", "\x1b[A", "\x1b[D", " "
CTRL_B, CTRL_C, CTRL_D = "\x02", "\x03", "\x04"


def in_order(questions, answers):
    """The questions that somebody with these answers is asked, one after the other."""
    said = {}
    while question := next_question(questions, said):
        said[question.id] = answers.get(question.id, SKIPPED)
        yield question, said[question.id]


def keys_for(question, answer):
    """What is typed at a list in a terminal; the pointer starts on a row that is no answer."""
    ids = [option.id for option in question.options]
    match question.kind:
        case "many" if answer is SKIPPED:
            return DOWN * len(ids) + ENTER
        case "many":
            return (
                "".join(SPACE + DOWN if option in answer else DOWN for option in ids)
                + UP * (len(ids) - ids.index(answer[-1]))
                + ENTER
            )
        case "one":
            return DOWN * (ids.index(answer) + 1) + ENTER
        case "scale":
            return DOWN * (answer - question.lowest + 1) + ENTER
        case "text" if answer is SKIPPED:
            return DOWN * 2 + ENTER
        case "text":
            return DOWN + ENTER + answer + ENTER


def line_for(question, answer):
    """What is typed on a line when the questions are asked plainly."""
    numbers = {option.id: str(at) for at, option in enumerate(question.options, 1)}
    match question.kind:
        case _ if answer is SKIPPED:
            return "s"
        case "many":
            return " ".join(numbers[option] for option in answer)
        case "one":
            return numbers[answer]
        case _:
            return str(answer)
