"""Questions on fields: asked, answered, closed and opened again, each as a step of the review."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.fields import Editor, field_of
from mideditor.domain.record import Answer, Question, Record, RecordId
from mideditor.domain.rules.questions import OPEN, state_of
from mideditor.domain.steps import Step, StepKind
from mideditor.files.user_error import UserError
from mideditor.session.session import Session


class NoWords(UserError):
    """A question or an answer without a word in it."""

    def __init__(self, record: RecordId, field: str, what: str) -> None:
        super().__init__(f"Record {record}, {field}: write the {what} first. Nothing was changed.")


class NotToBeAsked(UserError):
    """A field about which no question can be asked."""

    def __init__(self, record: RecordId, field: str, kind: str) -> None:
        a_kind = f"{'an' if kind == 'entry' else 'a'} {kind.replace('_', '-')}"
        super().__init__(
            f"Record {record}, {field}: {a_kind} has no such field to ask about. Ask about one of "
            "its printed fields."
        )


class NoSuchQuestion(UserError):
    """A question that is not there any more, or not as it was."""

    def __init__(self, record: RecordId, question: Question) -> None:
        super().__init__(
            f"Record {record}, {question.field}: the question “{question.text}” is not there any "
            "more as it was. Look at the questions of the field again."
        )


def questions_on(record: Record, field: str) -> list[Question]:
    """The questions on a field: those that are not closed first, then the oldest first."""
    its = (question for question in record.questions if question.field == field)
    return sorted(its, key=lambda question: question.closed)


def first_to_look_at(record: Record) -> Question | None:
    """The question of a record to go to: one without an answer, else one that is not closed."""
    waiting = [question for question in record.questions if not question.closed]
    return next((one for one in waiting if state_of(one) == OPEN), next(iter(waiting), None))


def ask(session: Session, record: RecordId, field: str, text: str) -> Step | None:
    """Ask something about a field of a record. Raises NoWords, NotToBeAsked and as `edit`."""
    if not text.strip():
        raise NoWords(record, field, "question")
    now = session.record(record)
    if not _can_be_asked(now, field):
        raise NotToBeAsked(record, field, now.kind)
    asked = Question(field=field, text=text.strip(), author=session.author, time=session.now())
    return _keep(session, record, (*now.questions, asked))


def answer(session: Session, record: RecordId, question: Question, text: str) -> Step | None:
    """Answer a question, which stays open. Raises NoWords, NoSuchQuestion and as `edit`."""
    return _replace(session, record, question, _answered(session, record, question, text))


def close(session: Session, record: RecordId, question: Question, text: str = "") -> Step | None:
    """Close a question, with a last answer if there is a ``text``. Raises as `answer`."""
    last = _answered(session, record, question, text) if text.strip() else question
    return _replace(session, record, question, last.replace(closed=True))


def reopen(session: Session, record: RecordId, question: Question) -> Step | None:
    """Open a closed question again. Raises as `answer`."""
    return _replace(session, record, question, question.replace(closed=False))


def _can_be_asked(record: Record, field: str) -> bool:
    try:
        return field_of(field, record.kind).editor is not Editor.DECISIONS
    except ValueError:
        return False


def _answered(session: Session, record: RecordId, question: Question, text: str) -> Question:
    if not text.strip():
        raise NoWords(record, question.field, "answer")
    said = Answer(text=text.strip(), author=session.author, time=session.now())
    return question.replace(answers=(*question.answers, said))


def _replace(session: Session, record: RecordId, old: Question, new: Question) -> Step | None:
    questions = session.record(record).questions
    if old not in questions:
        raise NoSuchQuestion(record, old)
    place = questions.index(old)
    return _keep(session, record, (*questions[:place], new, *questions[place + 1 :]))


def _keep(session: Session, record: RecordId, questions: Sequence[Question]) -> Step | None:
    return session.edit(StepKind.REVIEW, {record: {"questions": tuple(questions)}})
