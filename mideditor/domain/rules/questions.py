"""Open questions of coders and reviewers about a field."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.record import Question
from mideditor.domain.rules.context import Problem, RuleContext

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"


def state_of(question: Question) -> str:
    """“open” until the first answer, then “answered”, and “closed” once someone closes it."""
    if question.closed:
        return CLOSED
    return ANSWERED if question.answers else OPEN


def open_question(context: RuleContext) -> Iterator[Problem]:
    """A question on a field that nobody has closed."""
    for question in context.record.questions:
        if not question.closed:
            about = (question.author, question.text, len(question.answers))
            yield Problem(question.field, about, _message(question))


def _message(question: Question) -> str:
    if not question.answers:
        return f"{question.author} asks: {question.text}"
    last = question.answers[-1]
    return f"{question.author} asked: {question.text} {last.author} answers: {last.text}"
