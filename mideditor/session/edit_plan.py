"""Planned edits: checked against the current records, and not applied yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from mideditor.domain.changes import (
    Change,
    ChangeKind,
    Digest,
    RecordAdded,
    RecordChange,
    RecordTakenOut,
)
from mideditor.domain.doubts import without_settled_doubts
from mideditor.domain.fields import decisions, field_of
from mideditor.domain.record import Record, RecordId, document_of
from mideditor.domain.record_ids import ids_for
from mideditor.domain.replay import KindOf, changes_between
from mideditor.domain.sources import start_of
from mideditor.domain.steps import record_digest
from mideditor.files.user_error import UserError
from mideditor.session.project_view import ProjectView, first_error
from mideditor.session.work import Work
from mideditor.store.project import Document, Row


class UnfitValue(UserError):
    """A value that a field cannot hold."""

    def __init__(self, name: str, field: str, why: str) -> None:
        super().__init__(f"{name}, {field}: {why}")


class NotCodable(UserError):
    """A coding change of a field that can have none."""

    def __init__(self, name: str, field: str) -> None:
        super().__init__(
            f"{name}, {field}: only {', '.join(decisions())} of an entry can have a coding "
            "change. Record it as a correction."
        )


class IdClash(UserError):
    """Two records that begin at different places would have the same id."""

    def __init__(self, record: RecordId) -> None:
        super().__init__(
            f"A record of the text would have the same id ({record}) as another record. Nothing "
            "was imported. Add an empty line at the top of the text and import it again."
        )


@dataclass(frozen=True)
class Plan:
    """An edit or a part of one: its changes, and the changed records, None for one taken out.

    ``based_on`` has each record as stored when it was planned; ``originals`` are the records that
    are added or taken out, by digest, where the project does not have them.
    """

    changes: tuple[Change, ...]
    documents: Mapping[RecordId, Document | None]
    based_on: Mapping[RecordId, Row | None]
    originals: Mapping[Digest, Document] = field(default_factory=dict)


def plan_edit(
    view: ProjectView,
    kind: ChangeKind | KindOf,
    values: Mapping[RecordId, Mapping[str, Any]],
) -> Plan:
    """Plan an edit that sets fields of records; ``kind`` may be a function of the field.

    Raises UnfitValue, NotCodable, NoSuchRecord or UnknownField.
    """
    kind_of: KindOf = kind if callable(kind) else lambda _: kind
    changes: list[RecordChange] = []
    documents: dict[RecordId, Document | None] = {}
    based_on: dict[RecordId, Row | None] = {}
    for record, fields in values.items():
        row = view.row(record)
        before = view.document(record)
        after = document_of(_replaced(view, record, fields))
        _must_be_codable(view, record, after["kind"], fields, kind_of)
        differing = changes_between(record, before, after, kind_of)
        if differing:
            changes += differing
            documents[record] = after
            based_on[record] = row
    return Plan(tuple(changes), documents, based_on)


def plan_addition(
    view: ProjectView,
    records: Sequence[Record] | Mapping[RecordId, Record],
    *,
    values: Mapping[RecordId, Mapping[str, Any]] | None = None,
    removed: Sequence[RecordId] = (),
) -> Work[Plan]:
    """Plan `Session.add`, except for the sources. Progress counts records. Raises IdClash."""
    added = records if isinstance(records, Mapping) else _with_ids(view, records)
    total = len(added) + len(removed) + len(values or {})
    changes: list[Change] = []
    documents: dict[RecordId, Document | None] = {}
    based_on: dict[RecordId, Row | None] = {}
    originals: dict[Digest, Document] = {}
    for record_id, record in added.items():
        _must_begin_there(view, record_id, record)
        digest = record_digest(record)
        documents[record_id] = originals[digest] = document_of(record)
        based_on[record_id] = None
        changes.append(RecordAdded(record=record_id, document=digest))
        yield len(documents), total
    for record_id in removed:
        taken_out = take_out(view, record_id)
        documents[record_id] = None
        based_on[record_id] = view.row(record_id)
        originals[taken_out.document] = view.document(record_id)
        changes.append(taken_out)
        yield len(documents), total
    for record_id, fields in (values or {}).items():
        based_on[record_id] = view.row(record_id)
        after = document_of(without_settled_doubts(view.record(record_id).replace(**fields)))
        before = view.document(record_id)
        changes += changes_between(record_id, before, after, lambda _: ChangeKind.IMPORT)
        documents[record_id] = after
        yield len(documents), total
    return Plan(tuple(changes), documents, based_on, view.without_kept(originals))


def take_out(view: ProjectView, record: RecordId) -> RecordTakenOut:
    """The change that takes a record out of the project; raises NoSuchRecord."""
    return RecordTakenOut(record=record, document=record_digest(view.record(record)))


def _with_ids(view: ProjectView, records: Sequence[Record]) -> Mapping[RecordId, Record]:
    return dict(zip(ids_for(records, view.documents()), records, strict=True))


def _must_begin_there(view: ProjectView, record_id: RecordId, record: Record) -> None:
    """Raise IdClash if a record that began somewhere else has had the id."""
    earlier = view.added_document(record_id)
    before = earlier and earlier.get("place")
    if before and record.place and start_of(before) != start_of(record.place):
        raise IdClash(record_id)


def _replaced(view: ProjectView, record: RecordId, fields: Mapping[str, Any]) -> Record:
    now = view.record(record)
    for name in fields:
        field_of(name, now.kind)
    try:
        return without_settled_doubts(now.replace(**fields))
    except ValidationError as error:
        where, what = first_error(error)
        raise UnfitValue(view.name_of(record), where, what) from error


def _must_be_codable(
    view: ProjectView, record: RecordId, kind: str, fields: Iterable[str], kind_of: KindOf
) -> None:
    for name in fields:
        if kind_of(name) is ChangeKind.CODING and (kind != "entry" or name not in decisions()):
            raise NotCodable(view.name_of(record), name)
