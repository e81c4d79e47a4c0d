"""A small report that carries Ann's answers, and what is said when one is refused."""

import pytest
from carrying import ANN, made_of

from questionnaire.conclusion.case import case_of
from questionnaire.errors import AnswersError
from questionnaire.handover import recover as recovering
from questionnaire.handover.attachments import carried_by


@pytest.fixture(scope="module")
def carried(content):
    return carried_by(case_of(content, ANN))


@pytest.fixture(scope="module")
def report(carried):
    return made_of(carried)


@pytest.fixture
def refused(content):
    def refused(raw):
        with pytest.raises(AnswersError) as refusal:
            recovering.from_file(raw, content)
        return str(refusal.value)

    return refused
