"""The columns of the record table: the title, cell text and sort key of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mideditor.domain.fields import FIELDS, printed_value
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
    """A column of the table: its title, cell text and sort key.

    ``checked``: the key needs the findings. ``counted``: the text depends on more than the record.
    """

    name: str
    title: str
    text: Callable[[RecordRow], str]
    key: Callable[[IndexedRecord], Any]
    numeric: bool = False
    checked: bool = False
    counted: bool = False


@dataclass(frozen=True)
class SortedBy:
    """A column to sort by, and the direction."""

    column: Column
    descending: bool = False


def _number(row: RecordRow) -> str:
    value = getattr(row.record, "dispute_number", None)
    return "—" if value is None else printed_value(FIELDS["dispute_number"], value)


def _field(name: str) -> Callable[[RecordRow], str]:
    return lambda row: printed_value(FIELDS[name], getattr(row.record, name, None))


def _counted(count: int) -> str:
    return str(count) if count else ""


_NO_NUMBER = 10**9
_NO_DATE = 10**12
_DAYS = 10**6
"""Keys are integers where possible: they sort several times as fast as pairs."""


def _number_key(indexed: IndexedRecord) -> int:
    number = stored_number(indexed.document.get("dispute_number"))
    return _NO_NUMBER if number is None else number


def _dates_key(indexed: IndexedRecord) -> int:
    """Sorts by the earliest, then by the latest possible start day of the dispute."""
    start = stored_date(indexed.document.get("start_date") or indexed.document.get("started"))
    if start is None:
        return _NO_DATE
    return start.earliest.toordinal() * _DAYS + start.latest.toordinal()


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


def _field_key(name: str) -> Callable[[IndexedRecord], str]:
    return lambda indexed: printed_field(name, indexed.document.get(name))


RECORD_COLUMNS: tuple[Column, ...] = (
    Column("dispute_number", "Number", _number, _number_key, numeric=True),
    Column("dates", "Dates", lambda row: printed_dates(row.record), _dates_key),
    Column(
        "participants",
        "Participants",
        lambda row: printed_participants(row.record),
        _participants_key,
    ),
    Column("outcome", "Outcome", _field("outcome"), _field_key("outcome")),
    Column("settlement", "Settlement", _field("settlement"), _field_key("settlement")),
    Column("fatalities", "Fatalities", _field("fatalities"), _field_key("fatalities")),
    Column("review", "Review", _field("review"), _field_key("review")),
    Column(
        "changes",
        "Changes",
        lambda row: _counted(row.changes()),
        lambda indexed: -len(indexed.session.changed_fields(indexed.id)),
        numeric=True,
        counted=True,
    ),
    Column(
        "findings",
        "Findings",
        lambda row: _counted(row.findings()),
        lambda indexed: -len(indexed.checks.of(indexed.id)),
        numeric=True,
        checked=True,
        counted=True,
    ),
)
