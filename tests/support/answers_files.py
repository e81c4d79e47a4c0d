"""Answers files as somebody might write them, and what becomes of them."""

import json

import pytest

from questionnaire.answers.file import read_answers
from questionnaire.errors import AnswersError

FORMAT = "acuscreen-answers/1"


def in_file(answers, **parts):
    return json.dumps({"format": FORMAT, "answers": answers, **parts}).encode()


def raw_file(answers):
    """A file whose answers are written by hand, for what `json` would never write."""
    return f'{{"format": "{FORMAT}", "answers": {answers}}}'.encode()


def said_in(raw, content):
    return read_answers(raw, content).said


def faults_in(raw, content):
    """What is said of a file that is refused."""
    with pytest.raises(AnswersError) as refused:
        read_answers(raw, content)
    return refused.value.faults
