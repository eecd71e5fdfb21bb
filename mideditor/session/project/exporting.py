"""Exports records: which ones, and in which format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mideditor.domain.record import CodingChange, Record, RecordId
from mideditor.export.json_records import json_records
from mideditor.files.replacing import replace_file
from mideditor.files.user_error import UserError
from mideditor.session.session import Session
from mideditor.session.work import CHECKED_AT_A_TIME, Work
from mideditor.text.writer import write_records

ExportedRecord = tuple[RecordId, Record, tuple[CodingChange, ...]]
"""A record's id, the record, and the sentences of its Coding changes as they are printed."""


class NothingToExport(UserError):
    """No record matches the filter of the export."""

    def __init__(self, session: Session, selection: ExportFilter) -> None:
        super().__init__(
            f"{session.path} has no record {selection}. Nothing was exported; "
            "leave the choice out to export all."
        )


class OwnProject(UserError):
    """The export would overwrite the project itself."""

    def __init__(self, target: Path) -> None:
        super().__init__(f"{target} is the project itself. Choose another name for the export.")


@dataclass(frozen=True)
class ExportFilter:
    """Which records to export; None matches all."""

    chapter: int | None = None
    dispute: int | None = None

    def __str__(self) -> str:
        named = {"chapter": self.chapter, "dispute number": self.dispute}
        return "of " + " and ".join(f"{name} {n}" for name, n in named.items() if n is not None)

    def matches(self, record: Record) -> bool:
        """Whether the record is to be exported."""
        number = getattr(record, "dispute_number", None)
        return (self.chapter is None or record.chapter == self.chapter) and (
            self.dispute is None or number == self.dispute
        )


def _as_text(records: Sequence[ExportedRecord], wrap: int | None) -> bytes:
    return write_records([(record, changes) for _, record, changes in records], wrap).encode(
        "utf-8"
    )


def _as_json(records: Sequence[ExportedRecord], _wrap: int | None) -> bytes:
    return json_records(records)


# To add a format, write its module in `mideditor.export` and add its row here.
FORMATS: dict[str, Callable[[Sequence[ExportedRecord], int | None], bytes]] = {
    "text": _as_text,
    "json": _as_json,
}


def export(
    session: Session,
    format_name: str,
    *,
    selection: ExportFilter = ExportFilter(),
    wrap: int | None = None,
) -> Work[bytes]:
    """The selected records in source order, with corrected values and printed coding changes.

    Progress counts records. Raises NothingToExport if no record matches the selection.
    """
    selected = yield from _printed(session, selection)
    if not selected and selection != ExportFilter():
        raise NothingToExport(session, selection)
    return FORMATS[format_name](selected, wrap)


def write_export(session: Session, target: Path, data: bytes) -> None:
    """Write an export to a file; raises FileError, or OwnProject if that is the project."""
    if target.exists() and session.path.exists() and target.samefile(session.path):
        raise OwnProject(target)
    replace_file(target, data)


def _printed(session: Session, selection: ExportFilter) -> Work[list[ExportedRecord]]:
    ids = session.ids()
    selected: list[ExportedRecord] = []
    for done, record_id in enumerate(ids):
        if done % CHECKED_AT_A_TIME == 0:
            yield done, len(ids)
        record = session.record(record_id)
        if selection.matches(record):
            selected.append((record_id, record, session.printed_changes(record_id)))
    yield len(ids), len(ids)
    return selected
