"""Reads the published tables from files, whichever names their columns have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from mideditor.domain.fields import FIELDS, published_codes, published_fields
from mideditor.domain.partial_date import NotADate, PartialDate
from mideditor.domain.record import SIDES
from mideditor.files.user_error import UserError
from mideditor.reference.published import (
    DisputeTable,
    ParticipantTable,
    PublishedDate,
    PublishedDispute,
    PublishedParticipant,
    PublishedTables,
)
from mideditor.reference.published_cells import (
    Cells,
    CellTable,
    UnreadableCell,
    UnreadableTable,
    read_cells,
)

# The column names, folded, in the tables of Gibler, Miller and Little and in versions 2 to 5 of
# those of the Correlates of War project. dispnum3 is used, or dispnum4 where that is missing.
_DISPNUM = ("dispnum", "dispnum3", "dispnum4", "disputenumber", "disno")
_DATES = {
    "stday": ("stday", "startday"),
    "stmon": ("stmon", "stmonth", "startmonth"),
    "styear": FIELDS["start_date"].published,
    "endday": ("endday",),
    "endmon": ("endmon", "endmonth"),
    "endyear": FIELDS["end_date"].published,
}
_CODES = {FIELDS[name].published[0]: FIELDS[name].published for name in published_codes()}
_FATALITIES = {"fatality": FIELDS["fatalities"].published, "fatalpre": ("fatalpre",)}
DISPUTE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dispnum": _DISPNUM,
    **_DATES,
    **_CODES,
    **_FATALITIES,
    "numa": ("numa",),
    "numb": ("numb",),
    "version": ("version",),
    "ccode": ("ccode", "statenum"),
}
PARTICIPANT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dispnum": _DISPNUM,
    "ccode": ("ccode", "statenum"),
    "stabb": ("stabb", "stateabb", "abb"),
    "sidea": ("sidea",),
    **_DATES,
    **_FATALITIES,
    "version": ("version",),
    "outcome": ("outcome",),
}


class ExchangedTables(UserError):
    """One of the two tables was given in place of the other."""

    def __init__(self, path: Path, given_as: str, looks_like: str) -> None:
        super().__init__(
            f"{path}: this looks like the table of {looks_like}, given as that of {given_as}. "
            "Exchange the two."
        )


def read_tables(disputes: Path, participants: Path | None = None) -> PublishedTables:
    """Read the published tables; raises UserError naming file, row and column."""
    return PublishedTables(
        read_disputes(disputes), read_participants(participants) if participants else None
    )


def read_disputes(path: Path) -> DisputeTable:
    """Read a table of disputes such as MIDA; raises UserError."""
    table = read_cells(path, DISPUTE_COLUMNS)
    if "ccode" in table.columns:
        raise ExchangedTables(path, "disputes", "participants")
    fields = {
        name
        for name, row in published_fields().items()
        if name not in SIDES and row.published[0] in table.columns
    }
    _require_columns(table, DISPUTE_COLUMNS, ("dispnum", *(() if fields else ("outcome",))))
    rows = tuple(_dispute(cells) for cells in table.rows)
    _require_rows(path, len(rows))
    version = _version(table)
    return DisputeTable(path, rows, frozenset(fields), table.columns, version, table.notices)


def read_participants(path: Path) -> ParticipantTable:
    """Read a table of participants such as MIDB; raises UserError."""
    table = read_cells(path, PARTICIPANT_COLUMNS)
    if "ccode" not in table.columns and "outcome" in table.columns:
        raise ExchangedTables(path, "participants", "disputes")
    _require_columns(table, PARTICIPANT_COLUMNS, ("dispnum", "ccode", "sidea"))
    rows = tuple(_participant(cells) for cells in table.rows)
    _require_rows(path, len(rows))
    return ParticipantTable(path, rows, table.columns, _version(table), table.notices)


def _require_columns(
    table: CellTable, accepted: Mapping[str, tuple[str, ...]], required: tuple[str, ...]
) -> None:
    for column in required:
        if column not in table.columns:
            names = " or ".join(accepted[column])
            remedy = "Its first row must name the columns, as the published tables do."
            raise UnreadableTable(table.path, f"it has no column {names}", remedy)


def _require_rows(path: Path, count: int) -> None:
    if not count:
        raise UnreadableTable(path, "it has a heading and nothing below it", "Choose another file.")


def _dispute(cells: Cells) -> PublishedDispute:
    return PublishedDispute(
        row=cells.row,
        dispnum=_required_number(cells, "dispnum"),
        start=_date(cells, "styear", "stmon", "stday"),
        end=_date(cells, "endyear", "endmon", "endday"),
        numbers={name: cells.number(FIELDS[name].published[0]) for name in published_codes()},
        fatalpre=cells.number("fatalpre"),
        numa=cells.number("numa"),
        numb=cells.number("numb"),
    )


def _participant(cells: Cells) -> PublishedParticipant:
    return PublishedParticipant(
        row=cells.row,
        dispnum=_required_number(cells, "dispnum"),
        ccode=_required_number(cells, "ccode"),
        stabb=cells.text("stabb"),
        sidea=cells.number("sidea"),
        start=_date(cells, "styear", "stmon", "stday"),
        end=_date(cells, "endyear", "endmon", "endday"),
        fatality=cells.number("fatality"),
        fatalpre=cells.number("fatalpre"),
    )


def _required_number(cells: Cells, column: str) -> int:
    """A number that every row must have."""
    number = cells.number(column)
    if number < 1:
        expected = "a number that a row can be known by"
        raise UnreadableCell(cells.path, cells.row, cells.name_of(column), str(number), expected)
    return number


def _date(cells: Cells, *columns: str) -> PublishedDate:
    """The date in the columns of a year, a month and a day."""
    parts = map(cells.number, columns)
    year, month, day = (None if part < 0 else part for part in parts)
    if year is None:
        fault = "it has no year" if month is not None or day is not None else ""
        return PublishedDate(None, fault)
    try:
        return PublishedDate(PartialDate(year, month, day))
    except NotADate:
        shown = "-".join("?" if part is None else str(part) for part in (year, month, day))
        return PublishedDate(None, f"{shown} is not in the calendar")


def _version(table: CellTable) -> str:
    """The version named by most rows."""
    named = Counter(cells.text("version") for cells in table.rows)
    named.pop("", None)
    return named.most_common(1)[0][0] if named else ""
