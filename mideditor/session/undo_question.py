"""What to ask before an undo that takes back more than the coder's own last edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mideditor.domain.changes import WHOLE_RECORD, RecordAdded, RecordTakenOut
from mideditor.domain.counting import plural, quantity
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo, OthersStep, records_of, to_undo


@dataclass(frozen=True)
class UndoQuestion:
    """``step`` is what undo would take back, ``text`` why this is asked, ``answer`` the yes."""

    step: Step
    text: str
    answer: str


def undo_question(session: Session) -> UndoQuestion | None:
    """What to ask before the author's next undo; None if undo needs no question.

    It asks where only steps of others are left, and before a step that added records.
    """
    try:
        step = to_undo(session.history, session.author)
    except OthersStep as error:
        step = error.step
        asked = [_whose(session, step)]
    except CannotUndo:
        return None
    else:
        asked = []
    added = _added_by(session, step)
    if added:
        asked.append(_what_goes(session, step, added))
    if not asked:
        return None
    return UndoQuestion(step, " ".join(asked), f"Take back step {step.number}")


def what_goes_with(session: Session, step: Step) -> str | None:
    """What an undo of a step takes along of others; None if that is nothing."""
    added = _added_by(session, step)
    edits, _ = _edits_of_others(session, step, added)
    return _what_goes(session, step, added) if edits else None


def is_of_another(session: Session, step: Step) -> bool:
    """Whether a step was made by another coder than the session's."""
    return not session.history.coders.are_one(step.author, session.author)


def step_in_words(session: Session, step: Step) -> str:
    """What a step did, in a few words: ``Outcome of MID 2899``."""
    changes = step.record_changes
    if any(change.field == WHOLE_RECORD for change in changes):
        whole = {change.record for change in changes if change.field == WHOLE_RECORD}
        return f"{step.kind.label} of {quantity(len(whole), 'record', separator=',')}"
    fields = dict.fromkeys(change.field for change in changes)
    labels = [FIELDS[field].label for field in fields if field in FIELDS]
    if not labels:
        return f"{step.kind.label} (step {step.number})"
    count = records_of(step)
    of = session.name_of(changes[0].record) if count == 1 else quantity(count, "record")
    return f"{', '.join(labels)} of {of}"


def _whose(session: Session, step: Step) -> str:
    return (
        f"None of your own steps is left to undo. The next is by {step.author}, "
        f"{step.time.astimezone():%d %B %Y, %H:%M}: {step_in_words(session, step)} "
        f"({step.kind.label}, step {step.number})."
    )


def _added_by(session: Session, step: Step) -> Sequence[RecordId]:
    """The records that a step added and that are in the project."""
    existing = session.documents()
    return [
        change.record
        for change in step.record_changes
        if isinstance(change, RecordAdded) and change.record in existing
    ]


def _what_goes(session: Session, step: Step, added: Sequence[RecordId]) -> str:
    records = quantity(len(added), "record", separator=",")
    text = f"Undo of step {step.number} takes {records} out of the project"
    edits, authors = _edits_of_others(session, step, added)
    if not edits:
        return f"{text}."
    them = "it" if len(added) == 1 else "them"
    stand = plural(edits, "stands", "stand")
    by = ", ".join(authors)
    return f"{text}. {quantity(edits, 'edit')} by {by} {stand} in {them}."


def _edits_of_others(
    session: Session, step: Step, records: Sequence[RecordId]
) -> tuple[int, Sequence[str]]:
    """How many steps of others in force change the records after ``step``, and whose they are."""
    found: dict[tuple[RecordId, int], str] = {}
    for record in records:
        for other, change in session.history.changes_of(record):
            later = other.number > step.number and session.history.stands(other)
            if later and is_of_another(session, other) and not _is_whole(change):
                found[record, other.number] = session.history.coders.name_of(other.author)
    return len(found), sorted(set(found.values()))


def _is_whole(change: object) -> bool:
    return isinstance(change, RecordAdded | RecordTakenOut)
