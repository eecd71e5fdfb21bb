"""Planned edits: checked against the current records, and not applied yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from mideditor.domain.doubts import without_settled_doubts
from mideditor.domain.fields import decisions, field_of
from mideditor.domain.record import Record, RecordId, document_of
from mideditor.domain.steps import WHOLE_RECORD, FieldChange, StepKind, record_digest
from mideditor.files.user_error import UserError
from mideditor.session.project_view import ProjectView, first_error
from mideditor.session.work import Work
from mideditor.store.document_table import Document


class UnfitValue(UserError):
    """A value that a field cannot hold."""

    def __init__(self, record: RecordId, field: str, why: str) -> None:
        super().__init__(f"Record {record}, {field}: {why}")


class NotCodable(UserError):
    """A coding change of a field that can have none."""

    def __init__(self, record: RecordId, field: str) -> None:
        super().__init__(
            f"Record {record}, {field}: only {', '.join(decisions())} of an entry can have "
            "a coding change. Record it as a correction."
        )


class StalePlan(UserError):
    """Another step was made after the edit was planned."""

    def __init__(self) -> None:
        super().__init__("Records were changed meanwhile. Nothing was changed; do it again.")


@dataclass(frozen=True)
class Plan:
    """An edit or a part of one: its changes, and the changed records, None for a removed one.

    ``after`` is the number of steps in the log when it was planned. For an undo or redo, ``undoes``
    is the number of the step, and ``removed_as`` has the removed records in the form to be kept.
    """

    kind: StepKind
    changes: tuple[FieldChange, ...]
    documents: Mapping[RecordId, Document | None]
    after: int
    undoes: int | None = None
    removed_as: Mapping[RecordId, Document] = field(default_factory=dict)


def plan_edit(
    view: ProjectView, kind: StepKind, values: Mapping[RecordId, Mapping[str, Any]]
) -> Plan:
    """Plan an edit that sets fields of records.

    Raises UnfitValue, NotCodable, NoSuchRecord or UnknownField.
    """
    changes: list[FieldChange] = []
    documents: dict[RecordId, Document | None] = {}
    for record, fields in values.items():
        before = view.document(record)
        after = document_of(_replaced(view, record, fields))
        if kind is StepKind.CODING:
            _must_be_codable(record, after["kind"], fields)
        differing = field_changes(record, before, after)
        if differing:
            changes += differing
            documents[record] = after
    return Plan(kind, tuple(changes), documents, len(view.history.steps))


def plan_addition(
    view: ProjectView,
    records: Sequence[Record],
    *,
    values: Mapping[RecordId, Mapping[str, Any]] | None = None,
    removed: Sequence[RecordId] = (),
) -> Work[Plan]:
    """Plan `Session.add`, except for the sources. Progress counts records."""
    first = 1 + max([0, *view.documents(), *view.removed_documents()])
    total = len(records) + len(removed) + len(values or {})
    changes: list[FieldChange] = []
    documents: dict[RecordId, Document | None] = {}
    for record_id, record in enumerate(records, start=first):
        documents[record_id] = document_of(record)
        changes.append(_whole_change(record_id, None, record))
        yield len(documents), total
    for record_id in removed:
        documents[record_id] = None
        changes.append(_whole_change(record_id, view.record(record_id), None))
        yield len(documents), total
    for record_id, fields in (values or {}).items():
        after = document_of(without_settled_doubts(view.record(record_id).replace(**fields)))
        changes += field_changes(record_id, view.document(record_id), after)
        documents[record_id] = after
        yield len(documents), total
    return Plan(StepKind.IMPORT, tuple(changes), documents, len(view.history.steps))


def _whole_change(record: RecordId, old: Record | None, new: Record | None) -> FieldChange:
    before, after = (version and record_digest(version) for version in (old, new))
    return FieldChange(record=record, field=WHOLE_RECORD, old=before, new=after)


def field_changes(record: RecordId, before: Document, after: Document) -> list[FieldChange]:
    """The fields that differ. An empty field is not stored, and its value here is None."""
    return [
        FieldChange(record=record, field=field, old=before.get(field), new=after.get(field))
        for field in {**before, **after}
        if field != "dyad" and before.get(field) != after.get(field)
    ]


def _replaced(view: ProjectView, record: RecordId, fields: Mapping[str, Any]) -> Record:
    now = view.record(record)
    for name in fields:
        field_of(name, now.kind)
    try:
        return without_settled_doubts(now.replace(**fields))
    except ValidationError as error:
        where, what = first_error(error)
        raise UnfitValue(record, where, what) from error


def _must_be_codable(record: RecordId, kind: str, fields: Iterable[str]) -> None:
    for name in fields:
        if kind != "entry" or name not in decisions():
            raise NotCodable(record, name)
