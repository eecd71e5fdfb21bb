"""Edits one field of many records: their common fields, a preview, and one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import Editor, FieldRow, fields_of, printed_value
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.domain.titles import record_title
from mideditor.session.edits.field_edit import kind_for
from mideditor.session.session import Session
from mideditor.session.work import Work

_NOT_SHARED = frozenset({Editor.PARAGRAPHS, Editor.SENTENCES, Editor.DECISIONS})
"""Editors of fields whose values are unique to a record."""


@dataclass(frozen=True)
class PlannedEdit:
    """The printed value of a record now and after the edit."""

    record: RecordId
    title: str
    now: str
    then: str


def common_fields(session: Session, records: Sequence[RecordId]) -> list[FieldRow]:
    """The fields that all the records have and can share a value in, in printed order."""
    kinds = {session.record(record).kind for record in records}
    tables = [fields_of(kind) for kind in kinds]
    return [
        row
        for name, row in (tables[0] if tables else {}).items()
        if row.editor not in _NOT_SHARED and all(name in table for table in tables)
    ]


def values_now(session: Session, records: Sequence[RecordId], field: FieldRow) -> Counter[str]:
    """How many of the records have each printed value; "" for no value."""
    return Counter(_printed(session, record, field) for record in records)


def planned_edits(
    session: Session, records: Sequence[RecordId], field: FieldRow, value: Any
) -> list[PlannedEdit]:
    """The records that would change, with their present and new values."""
    then = printed_value(field, value)
    plans = [
        PlannedEdit(
            record, record_title(session.record(record)), _printed(session, record, field), then
        )
        for record in records
    ]
    return [plan for plan in plans if plan.now != then]


def set_for_all(
    session: Session,
    kind: ChangeKind,
    records: Sequence[RecordId],
    field: FieldRow,
    value: Any,
    *,
    reason: str = "",
    citation: str = "",
) -> Work[Step | None]:
    """Set a field of all the records in one step; None if nothing would change.

    Only entries can have coding changes. Works as `Session.edit_work`.
    """
    values = {record: {field.name: value} for record in records}
    return session.edit_work(kind_for(field.name, kind), values, reason=reason, citation=citation)


def _printed(session: Session, record: RecordId, field: FieldRow) -> str:
    return printed_value(field, getattr(session.record(record), field.name))
