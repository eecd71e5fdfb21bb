"""A line of the log as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mideditor.domain.record import RecordId


@dataclass(frozen=True)
class LogLine:
    """One field change with all that is known of it; values as printed.

    ``record`` is None in a line that sums up the import of many. ``stands`` is False for a change
    that was taken back, and for the undo itself.
    """

    step: int
    time: datetime
    author: str
    kind: str
    kind_label: str
    record: RecordId | None
    dispute_number: int | None
    field: str
    label: str
    original: str
    old: str
    new: str
    reason: str
    citation: str
    undoes: int | None
    stands: bool

    @property
    def preposition(self) -> str:
        """How a step leads to the one it names: undo *of* step 5, restore *to* step 5."""
        return "to" if self.kind == "restore" else "of"
