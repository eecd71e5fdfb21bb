"""Checks that a project's log, records and sources are consistent, by step and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from mideditor.domain.record import RecordId, document_of, record_from_document
from mideditor.domain.steps import WHOLE_RECORD, first_broken_link, record_digest
from mideditor.session.imports.importing import source_bytes, source_id
from mideditor.session.session import Session


def faults(session: Session) -> Iterator[str]:
    """A message for each inconsistency.

    The hash chain reveals steps that were altered, removed or moved. Each record must have the
    last values in the log; with all logged changes undone, it must have the digest that its first
    step recorded. Each source must match the digest in its id.
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
    values_agree = True
    for field, last in _last_values(session, record).items():
        if document.get(field) != last:
            values_agree = False
            yield _disagreement(f"record {record}, {field},")
    if values_agree and not _matches_first_digest(session, record, document, first):
        yield _disagreement(f"record {record}")


def _disagreement(what: str) -> str:
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


def _matches_first_digest(
    session: Session, record: RecordId, document: Mapping[str, Any], first: str
) -> bool:
    earlier = session.history.first_values(record)
    try:
        canonical = document_of(record_from_document(document))
        original = record_from_document({**document, **earlier})
    except ValidationError:
        return False
    is_canonical = document.keys() <= canonical.keys() and document.get("dyad") == canonical["dyad"]
    return is_canonical and record_digest(original) == first


def _logged_records(session: Session) -> set[RecordId]:
    return {
        change.record
        for step in session.history.steps
        for change in step.changes
        if change.field == WHOLE_RECORD
    }
