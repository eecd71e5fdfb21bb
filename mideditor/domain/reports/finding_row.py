"""A finding as it is told: of which record, and why it was accepted, if it was."""

from __future__ import annotations

from dataclasses import dataclass

from mideditor.domain.record import RecordId
from mideditor.domain.rules import Finding


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding of a record, with what the record is called.

    ``number`` is its dispute number, None where it has none; ``reason`` that of a finding that was
    accepted, else None.
    """

    record: RecordId
    number: int | None
    title: str
    finding: Finding
    reason: str | None = None
