"""The published tables, one of disputes and one of participants, with their values as given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from mideditor.domain.codes import (
    FATALITIES_NUMBERS,
    OUTCOME_NUMBERS,
    SETTLEMENT_NUMBERS,
    Fatalities,
    Outcome,
    Settlement,
)
from mideditor.domain.partial_date import NotADate, PartialDate
from mideditor.domain.reports.comparison import COMPARED
from mideditor.files.user_error import UserError
from mideditor.reference.published_cells import (
    Cells,
    CellTable,
    UnreadableCell,
    UnreadableTable,
    read_cells,
)

# The column names, folded, in the tables of Gibler, Miller and Little and in versions 2 to 5 of
# those of the Correlates of War project. dispnum3 is used, or dispnum4 where that is missing.
_NUMBER = ("dispnum", "dispnum3", "dispnum4", "disputenumber", "disno")
_DATES = {
    "start_day": ("stday", "startday"),
    "start_month": ("stmon", "stmonth", "startmonth"),
    "start_year": ("styear", "startyear"),
    "end_day": ("endday",),
    "end_month": ("endmon", "endmonth"),
    "end_year": ("endyear",),
}
_FATALITIES = {
    "fatalities": ("fatality", "fatal", "fatalities", "fatlev"),
    "deaths": ("fatalpre",),
}
DISPUTE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": _NUMBER,
    **_DATES,
    "outcome": ("outcome",),
    "settlement": ("settle", "settlement", "settlmnt"),
    **_FATALITIES,
    "count_a": ("numa",),
    "count_b": ("numb",),
    "version": ("version",),
    "code": ("ccode", "statenum"),
}
PARTICIPANT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": _NUMBER,
    "code": ("ccode", "statenum"),
    "abbreviation": ("stabb", "stateabb", "abb"),
    "side": ("sidea",),
    **_DATES,
    **_FATALITIES,
    "version": ("version",),
    "outcome": ("outcome",),
}
_COLUMN_OF_FIELD = {
    "start_date": "start_year",
    "end_date": "end_year",
    "outcome": "outcome",
    "settlement": "settlement",
    "fatalities": "fatalities",
}
_OUTCOMES = {number: outcome for outcome, number in OUTCOME_NUMBERS.items()}
_SETTLEMENTS = {number: settlement for settlement, number in SETTLEMENT_NUMBERS.items()}
_LEVELS = {number: level for level, number in FATALITIES_NUMBERS.items()}

SIDE_A, SIDE_B = 1, 0
"""The values of the column sidea."""

TableRow = TypeVar("TableRow", "PublishedDispute", "PublishedParticipant")


class ExchangedTables(UserError):
    """One of the two tables was given in place of the other."""

    def __init__(self, path: Path, given_as: str, looks_like: str) -> None:
        super().__init__(
            f"{path}: this looks like the table of {looks_like}, given as that of {given_as}. "
            "Exchange the two."
        )


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A date from its three columns; ``fault`` says why it is not a date."""

    value: PartialDate | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PublishedDispute:
    """A row of the table of disputes. Codes are kept as numbers, in the codebook or not."""

    row: int
    number: int
    start: PublishedDate
    end: PublishedDate
    outcome_number: int
    settlement_number: int
    fatalities_number: int
    deaths: int
    count_a: int
    count_b: int

    @property
    def start_date(self) -> PartialDate | None:
        """The first day, with the precision given."""
        return self.start.value

    @property
    def end_date(self) -> PartialDate | None:
        """The last day, with the precision given."""
        return self.end.value

    @property
    def outcome(self) -> Outcome | None:
        """The outcome; None if the number is not in the codebook."""
        return _OUTCOMES.get(self.outcome_number)

    @property
    def settlement(self) -> Settlement | None:
        """The settlement; None if the number is not in the codebook."""
        return _SETTLEMENTS.get(self.settlement_number)

    @property
    def fatalities(self) -> Fatalities | None:
        """The fatality level; None if the number is not in the codebook."""
        return _LEVELS.get(self.fatalities_number)


@dataclass(frozen=True, slots=True)
class PublishedParticipant:
    """A row of the table of participants: one spell of a state in a dispute. ``side`` is sidea."""

    row: int
    number: int
    code: int
    abbreviation: str
    side: int
    start: PublishedDate
    end: PublishedDate
    fatalities_number: int
    deaths: int


@dataclass(frozen=True)
class DisputeTable:
    """The table of disputes; ``fields`` are the fields of an entry that it has values for."""

    path: Path
    rows: tuple[PublishedDispute, ...]
    fields: frozenset[str]
    columns: frozenset[str]
    version: str
    notices: tuple[str, ...]


@dataclass(frozen=True)
class ParticipantTable:
    """The table of participants, with one row per spell of a state in a dispute."""

    path: Path
    rows: tuple[PublishedParticipant, ...]
    columns: frozenset[str]
    version: str
    notices: tuple[str, ...]


@dataclass(frozen=True)
class PublishedTables:
    """Both tables; without the table of participants, the sides are not compared."""

    disputes: DisputeTable
    participants: ParticipantTable | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that can be compared, in printed order."""
        sides = {"side_a", "side_b"} if self.participants else set()
        return tuple(name for name in COMPARED if name in self.disputes.fields | sides)

    @property
    def citation(self) -> str:
        """A citation for a reason: the file names, and the version that they give."""
        names = " and ".join(table.path.name for table in self._tables)
        return f"{names}, version {self.disputes.version}" if self.disputes.version else names

    @property
    def notices(self) -> tuple[str, ...]:
        """What was converted when the tables were read, and which rows are ignored."""
        notices = [f"{table.path.name}: {note}" for table in self._tables for note in table.notices]
        for dispute in self.disputes.rows:
            first = self.by_number[dispute.number]
            if first is not dispute:
                notices.append(
                    f"{self.disputes.path.name}, row {dispute.row}: dispute {dispute.number} has "
                    f"a row already, row {first.row}, and only that is compared."
                )
        return tuple(notices)

    @cached_property
    def by_number(self) -> Mapping[int, PublishedDispute]:
        """The disputes by number; the first if several rows have the same number."""
        first: dict[int, PublishedDispute] = {}
        for dispute in self.disputes.rows:
            first.setdefault(dispute.number, dispute)
        return first

    @cached_property
    def members(self) -> Mapping[int, tuple[PublishedParticipant, ...]]:
        """The participants of each dispute, by its number."""
        found: defaultdict[int, list[PublishedParticipant]] = defaultdict(list)
        for participant in self.participants.rows if self.participants else ():
            found[participant.number].append(participant)
        return {number: tuple(members) for number, members in found.items()}

    def side(self, number: int, side: int) -> dict[int, str]:
        """The abbreviations of a side's states by code, each state once, in table order."""
        members = self.members.get(number, ())
        return {member.code: member.abbreviation for member in members if member.side == side}

    @property
    def _tables(self) -> tuple[DisputeTable | ParticipantTable, ...]:
        return (self.disputes, self.participants) if self.participants else (self.disputes,)


def read_tables(disputes: Path, participants: Path | None = None) -> PublishedTables:
    """Read the published tables; raises UserError naming file, row and column."""
    return PublishedTables(
        read_disputes(disputes), read_participants(participants) if participants else None
    )


def read_disputes(path: Path) -> DisputeTable:
    """Read a table of disputes such as MIDA; raises UserError."""
    table = read_cells(path, DISPUTE_COLUMNS)
    if "code" in table.columns:
        raise ExchangedTables(path, "disputes", "participants")
    fields = {field for field, column in _COLUMN_OF_FIELD.items() if column in table.columns}
    _require_columns(table, DISPUTE_COLUMNS, ("number", *(() if fields else ("outcome",))))
    rows = tuple(_dispute(cells) for cells in table.rows)
    _require_rows(path, len(rows))
    version = _version(table)
    return DisputeTable(path, rows, frozenset(fields), table.columns, version, table.notices)


def read_participants(path: Path) -> ParticipantTable:
    """Read a table of participants such as MIDB; raises UserError."""
    table = read_cells(path, PARTICIPANT_COLUMNS)
    if "code" not in table.columns and "outcome" in table.columns:
        raise ExchangedTables(path, "participants", "disputes")
    _require_columns(table, PARTICIPANT_COLUMNS, ("number", "code", "side"))
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
        number=_required_number(cells, "number"),
        start=_date(cells, "start"),
        end=_date(cells, "end"),
        outcome_number=cells.number("outcome"),
        settlement_number=cells.number("settlement"),
        fatalities_number=cells.number("fatalities"),
        deaths=cells.number("deaths"),
        count_a=cells.number("count_a"),
        count_b=cells.number("count_b"),
    )


def _participant(cells: Cells) -> PublishedParticipant:
    return PublishedParticipant(
        row=cells.row,
        number=_required_number(cells, "number"),
        code=_required_number(cells, "code"),
        abbreviation=cells.text("abbreviation"),
        side=cells.number("side"),
        start=_date(cells, "start"),
        end=_date(cells, "end"),
        fatalities_number=cells.number("fatalities"),
        deaths=cells.number("deaths"),
    )


def _required_number(cells: Cells, column: str) -> int:
    """A number that every row must have."""
    number = cells.number(column)
    if number < 1:
        expected = "a number that a row can be known by"
        raise UnreadableCell(cells.path, cells.row, cells.name_of(column), str(number), expected)
    return number


def _date(cells: Cells, end: str) -> PublishedDate:
    parts = [cells.number(f"{end}_{part}") for part in ("year", "month", "day")]
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
