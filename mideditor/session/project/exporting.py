"""Exports records: which ones, and in which format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mideditor.domain.record import CodingChange, Record, RecordId
from mideditor.export.json_records import json_records
from mideditor.files.outputs import Output, output_to
from mideditor.files.user_error import UserError
from mideditor.reference.state_list import own_list_path
from mideditor.session.preferences import preferences_path
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
    """The selected records in the order of the book, as they were when the export began, with
    corrected values and printed coding changes.

    Progress counts records. Raises NothingToExport if no record matches the selection.
    """
    selected = yield from _printed(session, selection)
    if not selected and selection != ExportFilter():
        raise NothingToExport(session, selection)
    return FORMATS[format_name](selected, wrap)


def export_output(
    target: Path, *, project: Path | None = None, reading: Iterable[Path] = ()
) -> Output:
    """The file of an export or report, checked before the work for it begins.

    ``reading`` are the files beside the project that it is made from; the user's own settings and
    state list are read for each. Raises BadOutput or FileError.
    """
    return output_to(
        target, project=project, reading=(preferences_path(), own_list_path(), *reading)
    )


def write_export(session: Session, target: Path, data: bytes) -> None:
    """Check a target and write an export to it; raises BadOutput or FileError."""
    export_output(target, project=session.path).write(data)


def _printed(session: Session, selection: ExportFilter) -> Work[list[ExportedRecord]]:
    view = session.frozen()
    ids = view.ids()
    selected: list[ExportedRecord] = []
    for done, record_id in enumerate(ids):
        if done % CHECKED_AT_A_TIME == 0:
            yield done, len(ids)
        record = view.record(record_id)
        if selection.matches(record):
            selected.append((record_id, record, view.printed_changes(record_id)))
    yield len(ids), len(ids)
    return selected
