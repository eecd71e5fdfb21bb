"""The columns of the record table: the title, cell text and sort key of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mideditor.domain.fields import FIELDS, Editor, FieldRow, InColumn, printed_value
from mideditor.domain.record import Record
from mideditor.domain.stored_fields import printed_field, stored_date, stored_number
from mideditor.domain.titles import printed_dates, printed_participants
from mideditor.session.table.indexed_record import IndexedRecord


@dataclass(frozen=True)
class RecordRow:
    """What the cells show: a record, its number of changed fields and of open findings."""

    record: Record
    changes: Callable[[], int]
    findings: Callable[[], int]


@dataclass(frozen=True)
class Column:
    """A column of the table: its title, cell text, sort key, and width in pixels.

    ``numeric``: cells and title are aligned to the right. ``checked``: the key needs the findings.
    ``counted``: the text depends on more than the record. ``hidden``: not shown until a user asks
    for it. ``ends`` say what is on top in the default direction and in the reverse; ``most_first``:
    by default that is the largest number.
    """

    name: str
    title: str
    text: Callable[[RecordRow], str]
    key: Callable[[IndexedRecord], Any]
    width: int
    numeric: bool = False
    checked: bool = False
    counted: bool = False
    hidden: bool = False
    ends: tuple[str, str] = ("A to Z", "Z to A")
    most_first: bool = False


@dataclass(frozen=True)
class SortedBy:
    """A column to sort by, and the direction."""

    column: Column
    descending: bool = False


def _counted(count: int) -> str:
    return str(count) if count else ""


_NO_NUMBER = 10**9
_NO_DATE = 10**12
_DAYS = 10**6
"""Keys are integers where possible: they sort several times as fast as pairs."""


def _number_key(stored: Any) -> int:
    number = stored_number(stored)
    return _NO_NUMBER if number is None else number


def _date_key(stored: Any) -> int:
    """Sorts by the earliest, then by the latest possible day."""
    date = stored_date(stored)
    if date is None:
        return _NO_DATE
    return date.earliest.toordinal() * _DAYS + date.latest.toordinal()


def _dates_key(indexed: IndexedRecord) -> int:
    return _date_key(indexed.document.get("start_date") or indexed.document.get("started"))


def _participants_key(indexed: IndexedRecord) -> str:
    document = indexed.document
    kind = document["kind"]
    if kind == "cross_reference":
        return f"see {printed_field('see', document['see'])}"
    if kind != "entry":
        return "text that began before this chapter"
    side_a = printed_field("side_a", document["side_a"])
    if isinstance(document["side_a"], dict):
        return side_a
    return f"{side_a} / {printed_field('side_b', document['side_b'])}"


_WORDS = ("A to Z", "Z to A")
_DATES = ("oldest first", "newest first")
_COUNTS = ("most first", "fewest first")
_SORTED: Mapping[Editor, tuple[Callable[[Any], Any], tuple[str, str]]] = {
    Editor.NUMBER: (_number_key, ("smallest first", "largest first")),
    Editor.DATE: (_date_key, _DATES),
}
"""The sort key of a stored value, and what is then on top; other fields are sorted as printed."""


def _of_field(row: FieldRow, place: InColumn) -> Column:
    name, is_number = row.name, row.editor is Editor.NUMBER
    key_of, ends = _SORTED.get(row.editor, (partial(printed_field, name), _WORDS))
    blank = "—" if is_number else ""
    return Column(
        name,
        place.title or row.label,
        lambda shown: printed_value(row, getattr(shown.record, name, None)) or blank,
        lambda indexed: key_of(indexed.document.get(name)),
        place.width,
        numeric=is_number,
        hidden=place.hidden,
        ends=ends,
    )


_COMPUTED = {
    1: Column(
        "dates",
        "Dates",
        lambda row: printed_dates(row.record),
        _dates_key,
        284,
        ends=_DATES,
    ),
    2: Column(
        "participants",
        "Participants",
        lambda row: printed_participants(row.record),
        _participants_key,
        340,
    ),
    7: Column(
        "changes",
        "Changes",
        lambda row: _counted(row.changes()),
        lambda indexed: -len(indexed.session.changed_fields(indexed.id)),
        96,
        numeric=True,
        counted=True,
        ends=_COUNTS,
        most_first=True,
    ),
    8: Column(
        "findings",
        "Findings",
        lambda row: _counted(row.findings()),
        lambda indexed: -len(indexed.checks.of(indexed.id)),
        106,
        numeric=True,
        checked=True,
        counted=True,
        ends=_COUNTS,
        most_first=True,
    ),
}
"""The columns that show more than one field, by section; see `InColumn`."""

_BY_SECTION = _COMPUTED | {
    row.column.section: _of_field(row, row.column) for row in FIELDS.values() if row.column
}
RECORD_COLUMNS: tuple[Column, ...] = tuple(column for _, column in sorted(_BY_SECTION.items()))
"""All columns by section."""
