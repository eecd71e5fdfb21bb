"""Questions on fields: asks, answers, closes and reopens them, each in a review step."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import Editor, field_of
from mideditor.domain.kinds import KINDS
from mideditor.domain.record import Answer, Question, Record, RecordId
from mideditor.domain.rules.questions import OPEN, state_of
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.session import Session


class EmptyText(UserError):
    """The question or answer is empty."""

    def __init__(self, name: str, field: str, what: str) -> None:
        super().__init__(f"{name}, {field}: write the {what} first. Nothing was changed.")


class NotAskable(UserError):
    """The record has no such field to ask about."""

    def __init__(self, name: str, field: str, kind: str) -> None:
        a_kind = KINDS[kind].with_article
        super().__init__(
            f"{name}, {field}: {a_kind} has no such field to ask about. Ask about one of "
            "its printed fields."
        )


class NoSuchQuestion(UserError):
    """The question was removed or changed in the meantime."""

    def __init__(self, name: str, question: Question) -> None:
        super().__init__(
            f"{name}, {question.field}: the question “{question.text}” is not there any "
            "more as it was. Look at the questions of the field again."
        )


def questions_on(record: Record, field: str) -> list[Question]:
    """The questions on a field, the closed ones last, else the oldest first."""
    questions = (question for question in record.questions if question.field == field)
    return sorted(questions, key=lambda question: question.closed)


def next_question(record: Record) -> Question | None:
    """The question of a record to deal with next: an unanswered one, else one not closed."""
    not_closed = [question for question in record.questions if not question.closed]
    return next((one for one in not_closed if state_of(one) == OPEN), next(iter(not_closed), None))


def ask(session: Session, record: RecordId, field: str, text: str) -> Step | None:
    """Ask a question about a field. Raises EmptyText or NotAskable, and as `edit`."""
    if not text.strip():
        raise EmptyText(session.name_of(record), field, "question")
    now = session.record(record)
    if not _can_be_asked(now, field):
        raise NotAskable(session.name_of(record), field, now.kind)
    question = Question(field=field, text=text.strip(), author=session.author, time=session.now())
    return _set_questions(session, record, (*now.questions, question))


def answer(session: Session, record: RecordId, question: Question, text: str) -> Step | None:
    """Answer a question; it stays open. Raises EmptyText or NoSuchQuestion, and as `edit`."""
    return _replace(session, record, question, _answered(session, record, question, text))


def close(session: Session, record: RecordId, question: Question, text: str = "") -> Step | None:
    """Close a question; a non-empty ``text`` becomes its last answer. Raises as `answer`."""
    last = _answered(session, record, question, text) if text.strip() else question
    return _replace(session, record, question, last.replace(closed=True))


def reopen(session: Session, record: RecordId, question: Question) -> Step | None:
    """Reopen a closed question. Raises as `answer`."""
    return _replace(session, record, question, question.replace(closed=False))


def _can_be_asked(record: Record, field: str) -> bool:
    try:
        return field_of(field, record.kind).editor is not Editor.DECISIONS
    except ValueError:
        return False


def _answered(session: Session, record: RecordId, question: Question, text: str) -> Question:
    if not text.strip():
        raise EmptyText(session.name_of(record), question.field, "answer")
    added = Answer(text=text.strip(), author=session.author, time=session.now())
    return question.replace(answers=(*question.answers, added))


def _replace(session: Session, record: RecordId, old: Question, new: Question) -> Step | None:
    questions = session.record(record).questions
    if old not in questions:
        raise NoSuchQuestion(session.name_of(record), old)
    place = questions.index(old)
    return _set_questions(session, record, (*questions[:place], new, *questions[place + 1 :]))


def _set_questions(
    session: Session, record: RecordId, questions: Sequence[Question]
) -> Step | None:
    return session.edit(ChangeKind.REVIEW, {record: {"questions": tuple(questions)}})
