"""Records as they leave the project: which ones, in which format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mideditor.domain.record import CodingChange, Record, RecordId
from mideditor.export.json_records import json_records
from mideditor.session.importing import Progress
from mideditor.session.session import Session
from mideditor.text.writer import write_records

Printed = tuple[RecordId, Record, tuple[CodingChange, ...]]
"""A record's id, the record, and the sentences of its Coding changes as they are printed."""


@dataclass(frozen=True)
class Selection:
    """Which records to export; None does not restrict."""

    chapter: int | None = None
    dispute: int | None = None

    def takes(self, record: Record) -> bool:
        """Whether the record is among those chosen."""
        number = getattr(record, "dispute_number", None)
        return (self.chapter is None or record.chapter == self.chapter) and (
            self.dispute is None or number == self.dispute
        )


def _as_text(records: Sequence[Printed], wrap: int | None) -> bytes:
    return write_records([(record, said) for _, record, said in records], wrap).encode("utf-8")


def _as_json(records: Sequence[Printed], _wrap: int | None) -> bytes:
    return json_records(records)


# To add a format, write its module in `mideditor.export` and add its row here.
FORMATS: dict[str, Callable[[Sequence[Printed], int | None], bytes]] = {
    "text": _as_text,
    "json": _as_json,
}


def export(
    session: Session,
    format_name: str,
    progress: Progress,
    *,
    selection: Selection = Selection(),
    wrap: int | None = None,
) -> bytes:
    """The chosen records in source order, with their corrected values and coding changes.

    ``progress`` may raise Cancelled.
    """
    return FORMATS[format_name](list(_printed(session, selection, progress)), wrap)


def _printed(session: Session, selection: Selection, progress: Progress) -> Iterable[Printed]:
    ids = session.ids()
    for done, record_id in enumerate(ids):
        if done % 100 == 0:
            progress(done, len(ids))
        record = session.record(record_id)
        if selection.takes(record):
            yield record_id, record, session.printed_changes(record_id)
    progress(len(ids), len(ids))
