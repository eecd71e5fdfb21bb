"""Marks words of a narrative as evidence for a field, and removes such marks."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.changes import ChangeKind
from mideditor.domain.evidence import CharSpan, evidence_at, find_evidence, narrative_of
from mideditor.domain.fields import fields_of
from mideditor.domain.record import Evidence, Record, RecordId
from mideditor.domain.steps import Step
from mideditor.session.session import Session


def fields_with_evidence(record: Record) -> list[str]:
    """The fields of a record for which words can be marked."""
    return [name for name, row in fields_of(record.kind).items() if row.evidence]


def places(record: Record, text: str, field: str | None = None) -> list[tuple[Evidence, CharSpan]]:
    """The evidence of a record that occurs in its text, for one field or for all."""
    found = [
        (one, find_evidence(one, text)) for one in record.evidence if field in (None, one.field)
    ]
    return [(one, place) for one, place in found if place is not None]


def toggle(session: Session, record: RecordId, field: str, start: int, end: int) -> Step | None:
    """Mark characters of the narrative as evidence for a field, or remove exactly that mark.

    Raises as `Session.edit`.
    """
    now = session.record(record)
    text = narrative_of(now)
    same = [one for one, place in places(now, text, field) if place == (start, end)]
    if same:
        return _set_evidence(session, record, [one for one in now.evidence if one not in same])
    return _set_evidence(session, record, [*now.evidence, evidence_at(field, text, start, end)])


def forget(session: Session, record: RecordId, evidence: Evidence) -> Step | None:
    """Remove a mark, even if its words have moved. Raises as `Session.edit`."""
    kept = [one for one in session.record(record).evidence if one != evidence]
    return _set_evidence(session, record, kept)


def _set_evidence(session: Session, record: RecordId, evidence: Sequence[Evidence]) -> Step | None:
    return session.edit(ChangeKind.REVIEW, {record: {"evidence": tuple(evidence)}})
