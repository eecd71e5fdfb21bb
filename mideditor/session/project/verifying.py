"""Whether a project's log, records and sources still fit together, step by step, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from mideditor.domain.record import RecordId, document_of, record_from_document
from mideditor.domain.steps import WHOLE_RECORD, first_broken_link, record_digest
from mideditor.session.imports.importing import source_bytes, source_id
from mideditor.session.session import Session


def faults(session: Session) -> Iterator[str]:
    """What is wrong, in words; nothing where all holds.

    The chain of hashes shows a step that was altered, removed or moved. Each record must have the
    values that the log gave it last and, taken back through the log to what was first read, the
    digest that its first step recorded. Each source must have the digest that names it.
    """
    broken = first_broken_link(session.history.steps)
    if broken is not None:
        yield broken[1]
    for source in session.sources:
        if source_id(source_bytes(source)) != source["id"]:
            yield f"the source “{source['name']}” is not what was imported"
    documents = session.all_documents()
    for record, document in documents.items():
        yield from _record_faults(session, record, document)
    for record in sorted(_logged_records(session) - documents.keys()):
        yield f"record {record} is in the log but not in the project"


def _record_faults(
    session: Session, record: RecordId, document: Mapping[str, Any]
) -> Iterator[str]:
    first = _digest_when_added(session, record)
    if first is None:
        yield f"record {record} is in no step of the log"
        return
    whole = True
    for field, last in _last_values(session, record).items():
        if document.get(field) != last:
            whole = False
            yield _outside(f"record {record}, {field},")
    if whole and not _is_what_was_added(session, record, document, first):
        yield _outside(f"record {record}")


def _outside(what: str) -> str:
    return f"{what} does not agree with the log: it was changed outside the editor"


def _digest_when_added(session: Session, record: RecordId) -> str | None:
    added = [
        str(change.new)
        for _, change in session.history.changes_of(record)
        if change.field == WHOLE_RECORD and change.new is not None
    ]
    return added[0] if added else None


def _last_values(session: Session, record: RecordId) -> dict[str, Any]:
    return {
        change.field: change.new
        for _, change in session.history.changes_of(record)
        if change.field != WHOLE_RECORD
    }


def _is_what_was_added(
    session: Session, record: RecordId, document: Mapping[str, Any], first: str
) -> bool:
    earlier = session.history.first_values(record)
    try:
        known = document_of(record_from_document(document))
        original = record_from_document({**document, **earlier})
    except ValidationError:
        return False
    by_the_editor = document.keys() <= known.keys() and document.get("dyad") == known["dyad"]
    return by_the_editor and record_digest(original) == first


def _logged_records(session: Session) -> set[RecordId]:
    return {
        change.record
        for step in session.history.steps
        for change in step.changes
        if change.field == WHOLE_RECORD
    }
