"""Edits of one field: parsing typed text, the kind of step, and reverting to the original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import FIELDS, Role, decisions, field_of, printed_value, work_fields
from mideditor.domain.printed_changes import own_sentences, sentences_of
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.session import Session

REVERTED = "Taken back to the original"
"""The reason logged when a field is reverted to its original value."""


def kind_for(field: str, wanted: ChangeKind) -> ChangeKind:
    """The kind of step for an edit of a field, if the coder has chosen ``wanted``.

    Only decisions about the dispute can be coding changes.
    """
    if FIELDS[field].role is Role.WORK:
        return ChangeKind.REVIEW
    return wanted if field in decisions() else ChangeKind.CORRECTION


def typed_value(session: Session, record: RecordId, field: str, text: str) -> Any:
    """The value of a field from typed text; raises ValueError with a message for the user.

    In the coding changes, sentences generated from the log are not stored in the field.
    """
    now = session.record(record)
    typed = field_of(field, now.kind).parse(text, session.states)
    if field == "coding_changes":
        return own_sentences(typed, sentences_of(now), session.printed_changes(record))
    return typed


def printed_text(session: Session, record: RecordId, field: str) -> str:
    """A field as printed; the coding changes include the sentences generated from the log."""
    now = session.record(record)
    value = getattr(now, field)
    if field == "coding_changes":
        value = session.printed_changes(record)
    return printed_value(field_of(field, now.kind), value)


def edit_fields(
    session: Session,
    record: RecordId,
    values: Mapping[str, Any],
    wanted: ChangeKind,
    *,
    reason: str,
    citation: str,
) -> Step | None:
    """Set fields of one kind in one step; None if nothing would change. Raises as `edit`.

    The reason and citation apply to other edits, so a review state is logged without them.
    """
    kind = kind_for(next(iter(values)), wanted)
    if kind is ChangeKind.REVIEW:
        reason = citation = ""
    return session.edit(kind, {record: values}, reason=reason, citation=citation)


def last_change(session: Session, record: RecordId, field: str) -> ChangeKind | None:
    """The kind of the step that last changed a field; None if it has its original value.

    Also None for `work_fields`.
    """
    if field in work_fields() or field not in session.original_values(record):
        return None
    return None if _is_original(session, record, field) else _last_kind(session, record, field)


def original_text(session: Session, record: RecordId, field: str) -> str:
    """The original value of a field, as printed."""
    original = session.original(record)
    return printed_value(field_of(field, original.kind), getattr(original, field))


def revert(session: Session, record: RecordId, field: str) -> Step | None:
    """Revert a field to its original value; None if it has it. Raises as `Session.edit`.

    The step has the kind of the field's last change, so a coding change is reverted by another.
    """
    if _is_original(session, record, field):
        return None
    kind = _last_kind(session, record, field) or ChangeKind.CORRECTION
    original = getattr(session.original(record), field)
    return session.edit(kind, {record: {field: original}}, reason=REVERTED)


def _is_original(session: Session, record: RecordId, field: str) -> bool:
    original, now = session.original(record), session.record(record)
    return bool(getattr(original, field) == getattr(now, field))


def _last_kind(session: Session, record: RecordId, field: str) -> ChangeKind | None:
    edits = session.standing_edits(record)
    return next((step.kind for step, change in reversed(edits) if change.field == field), None)
