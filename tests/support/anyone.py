"""Random people: whatever can be said to a question, and whole interviews."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from questionnaire.interview.flow import SKIPPED, facts, next_question, relevant


def answers_to(question):
    """Any answer that the question takes."""
    match question.kind:
        case "one":
            return st.sampled_from([option.id for option in question.options])
        case "many":
            alone = [(option.id,) for option in question.options if option.exclusive]
            together = [option.id for option in question.options if not option.exclusive]
            some = st.sets(st.sampled_from(together), min_size=1).map(
                lambda chosen: tuple(each for each in together if each in chosen)
            )
            return st.one_of(st.sampled_from(alone), some) if alone else some
        case "scale":
            return st.integers(question.lowest, question.highest)
        case "text":
            return st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


def replies_to(question):
    return (
        st.one_of(answers_to(question), st.just(SKIPPED))
        if question.optional
        else (answers_to(question))
    )


def calm_answers_to(question):
    """What most people say: none of these, and no early end."""
    alone = [(option.id,) for option in question.options if option.exclusive and not option.ends]
    if alone:
        return st.sampled_from(alone)
    ends = {option.id for option in question.options if option.ends}
    return replies_to(question).filter(
        lambda answer: answer not in ends and not (isinstance(answer, tuple) and ends & {*answer})
    )


@st.composite
def whole_people(draw, content):
    """A whole interview; some end it early, and some stop at an emergency."""
    said = {}
    loud = draw(st.sampled_from([0.0, 0.2, 0.2, 0.5, 1.0]))
    stops = draw(st.booleans())
    while question := next_question(content.questions, said):
        frank = loud > draw(st.floats(0, 1, exclude_max=True))
        said[question.id] = draw(replies_to(question) if frank else calm_answers_to(question))
        if stops and content.conclude(facts(content.questions, said)).outcome == "emergency":
            asked = relevant(content.questions, said)
            return said | {each.id: SKIPPED for each in asked if each.optional}
    return said


def some_people(content, count):
    """So many whole interviews: the same each time, for what takes long to work out of each."""
    drawn = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(whole_people(content))
    def draw(said):
        drawn.append(said)

    draw()
    return tuple(drawn)
