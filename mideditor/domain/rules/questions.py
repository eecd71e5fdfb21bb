"""What coders and reviewers ask one another about a field."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.record import Question
from mideditor.domain.rules.case import Case, Found

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"


def state_of(question: Question) -> str:
    """“open” until the first answer, then “answered”, and “closed” when that is enough."""
    if question.closed:
        return CLOSED
    return ANSWERED if question.answers else OPEN


def open_question(case: Case) -> Iterator[Found]:
    """A question on a field that nobody has closed."""
    for question in case.record.questions:
        if not question.closed:
            about = (question.author, question.text, len(question.answers))
            yield Found(question.field, about, _said(question))


def _said(question: Question) -> str:
    if not question.answers:
        return f"{question.author} asks: {question.text}"
    last = question.answers[-1]
    return f"{question.author} asked: {question.text} {last.author} answers: {last.text}"
