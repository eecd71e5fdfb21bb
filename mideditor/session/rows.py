"""The record table without a window: its columns, and which records it shows in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mideditor.domain.fields import FIELDS, fields_of, print_side, printed_value
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Entry, Fragment, Record, RecordId, Unread
from mideditor.session.checks import Checks
from mideditor.session.search_line import Query
from mideditor.session.searching import FacetValue, Search, understood
from mideditor.session.session import Changed, Session


@dataclass(frozen=True)
class Row:
    """What the columns look at: a record, and the counts beside it, counted when asked for."""

    record: Record
    count_changes: Callable[[], int]
    count_findings: Callable[[], int]

    @cached_property
    def changes(self) -> int:
        """How many fields differ from the original."""
        return self.count_changes()

    @cached_property
    def findings(self) -> int:
        """How many findings are open."""
        return self.count_findings()


@dataclass(frozen=True)
class Column:
    """A column of the table: its title, the text of a cell and the key it sorts by."""

    name: str
    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any]
    numeric: bool = False


_LAST_DAY = (date.max, date.max)


def record_title(record: Record) -> str:
    """What a record is called: ``MID 2899``, or its kind where it has no number."""
    number = getattr(record, "dispute_number", None)
    if isinstance(number, int):
        return f"MID {number}"
    return record.kind.replace("_", "-").capitalize()


def printed_dates(record: Record) -> str:
    """A record's dates in one line, as its entry prints them."""
    if isinstance(record, CrossReference):
        return printed_value(FIELDS["started"], record.started)
    if not isinstance(record, Entry):
        return ""
    start, end = (
        printed_value(FIELDS[name], getattr(record, name)) for name in ("start_date", "end_date")
    )
    return start if end in ("", start) else f"{start} to {end}"


def printed_participants(record: Record) -> str:
    """Both sides in one line; for a cross-reference the dyad it points to."""
    if isinstance(record, CrossReference):
        return f"see {printed_value(FIELDS['see'], record.see)}"
    if not isinstance(record, Entry):
        return "text that began before this chapter"
    if isinstance(record.side_a, Unread):
        return record.side_a.unread
    return f"{print_side(record.side_a)} / {print_side(record.side_b)}"


def _number(row: Row) -> str:
    value = getattr(row.record, "dispute_number", None)
    return "—" if value is None else printed_value(FIELDS["dispute_number"], value)


def _number_key(row: Row) -> tuple[bool, int]:
    value = getattr(row.record, "dispute_number", None)
    return not isinstance(value, int), value if isinstance(value, int) else 0


def _dates_key(row: Row) -> tuple[date, date]:
    value = getattr(row.record, "start_date", None) or getattr(row.record, "started", None)
    return value.sort_key if isinstance(value, PartialDate) else _LAST_DAY


def _field(name: str) -> Callable[[Row], str]:
    return lambda row: printed_value(FIELDS[name], getattr(row.record, name, None))


def _counted(count: int) -> str:
    return str(count) if count else ""


COLUMNS: tuple[Column, ...] = (
    Column("dispute_number", "Number", _number, _number_key, numeric=True),
    Column("dates", "Dates", lambda row: printed_dates(row.record), _dates_key),
    Column(
        "participants",
        "Participants",
        lambda row: printed_participants(row.record),
        lambda row: printed_participants(row.record),
    ),
    Column("outcome", "Outcome", _field("outcome"), _field("outcome")),
    Column("settlement", "Settlement", _field("settlement"), _field("settlement")),
    Column("fatalities", "Fatalities", _field("fatalities"), _field("fatalities")),
    Column("review", "Review", _field("review"), _field("review")),
    Column("changes", "Changes", lambda row: _counted(row.changes), lambda row: -row.changes, True),
    Column(
        "findings", "Findings", lambda row: _counted(row.findings), lambda row: -row.findings, True
    ),
)


@dataclass(frozen=True)
class SortedBy:
    """A column to sort by, and which way."""

    column: Column
    descending: bool = False


class Rows:
    """The rows of a session's records: sorted by columns, narrowed by a search line.

    Sorting is stable from source order, so equal rows keep it. The words of a search line must all
    occur somewhere in the record's printed text, whatever the case; its fields as `Search` says.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self._session = session
        self._checks = checks
        self._rows: dict[RecordId, Row] = {}
        self._texts: dict[RecordId, str] = {}
        self._keys: dict[str, dict[RecordId, Any]] = {column.name: {} for column in COLUMNS}
        self.search = Search(session, checks)
        session.subscribe(self._forget)

    def row(self, record: RecordId) -> Row:
        """The row of one record."""
        if record not in self._rows:
            self._rows[record] = Row(
                self._session.record(record),
                lambda: len(self._session.changed_fields(record)),
                lambda: len(self._checks.of(record)),
            )
        return self._rows[record]

    def ids(self, line: str = "", order: Sequence[SortedBy] = ()) -> list[RecordId]:
        """The records that a search line asks for, sorted by the first of ``order``.

        Rows equal in it are sorted by the next, and those equal in all keep source order.
        """
        query = understood(line)
        found = self.search.narrowed(self.with_words(query), query.terms)
        for by in reversed(order):
            keys = self._keys_of(by.column, found)
            found.sort(key=keys.__getitem__, reverse=by.descending)
        return found

    def with_words(self, query: Query) -> list[RecordId]:
        """The records that have all the words and phrases of a query, in source order."""
        found = list(self._session.ids())
        for term in query.terms:
            if not term.key:
                texts = self._texts_of(found)
                found = [one for one in found if (term.wanted in texts[one]) != term.negated]
        return found

    def facets(self, line: str) -> dict[str, list[FacetValue]]:
        """The values of each facet, with their counts among what a search line asks for."""
        query = understood(line)
        return self.search.facets(self.with_words(query), query)

    def prepare(self, records: Iterable[RecordId]) -> None:
        """Work out what filtering and sorting by these records needs, ahead of the first time."""
        ahead = list(records)
        self._texts_of(ahead)
        for column in COLUMNS:
            self._keys_of(column, ahead)
        self.search.prepare(ahead)

    def _texts_of(self, records: Iterable[RecordId]) -> Mapping[RecordId, str]:
        for record in records:
            if record not in self._texts:
                self._texts[record] = self._text(record)
        return self._texts

    def _keys_of(self, column: Column, records: Iterable[RecordId]) -> Mapping[RecordId, Any]:
        keys = self._keys[column.name]
        for record in records:
            if record not in keys:
                keys[record] = column.key(self.row(record))
        return keys

    def _text(self, record: RecordId) -> str:
        printed = [sentence.text for sentence in self._session.printed_changes(record)]
        return "\n".join([searchable_text(self._session.record(record)), *printed]).casefold()

    def _forget(self, changed: Changed) -> None:
        known: list[dict[RecordId, Any]] = [self._rows, self._texts, *self._keys.values()]
        for record in changed.records | self._checks.touched:
            for values in known:
                values.pop(record, None)


def searchable_text(record: Record) -> str:
    """All of a record's fields as printed, for searching."""
    printed: Sequence[str] = [
        printed_value(row, getattr(record, name)) for name, row in fields_of(record.kind).items()
    ]
    prefix = "fragment" if isinstance(record, Fragment) else ""
    return "\n".join([prefix, *printed])
