"""A finding as a row of a report: its record, and why it was accepted, if it was."""

from __future__ import annotations

from dataclasses import dataclass

from mideditor.domain.record import RecordId
from mideditor.domain.rules import Finding


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding and the title of its record.

    ``number`` is the dispute number, None if there is none; ``reason`` is why the finding was
    accepted, None if it is open.
    """

    record: RecordId
    number: int | None
    title: str
    finding: Finding
    reason: str | None = None
