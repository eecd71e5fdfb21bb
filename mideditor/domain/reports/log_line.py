"""A line of the log for reading and export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mideditor.domain.record import RecordId


@dataclass(frozen=True)
class LogLine:
    """One field change with everything known about it; values as printed.

    ``record`` is None in a line that summarises the import of several records. ``stands`` is False
    for a change that was undone, and for the undo itself.
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
        """The preposition before the number of the step: undo *of* step 5, restore *to* step 5."""
        return "to" if self.kind == "restore" else "of"
