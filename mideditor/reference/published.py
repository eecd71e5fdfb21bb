"""The published tables, one of disputes and one of participants, with their values as given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from mideditor.domain.fields import FIELDS, published_codes, published_fields
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import SIDES

_CODES = {
    name: {number: code for code, number in FIELDS[name].numbers.items()}
    for name in published_codes()
}

SIDE_A, SIDE_B = 1, 0
"""The values of the column sidea."""


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A date from its three columns; ``fault`` says why it is not a date."""

    value: PartialDate | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PublishedDispute:
    """A row of the table of disputes. Codes are kept as numbers, in the codebook or not.

    The columns have their names in the codebook; the three of a date are one. ``numbers`` are those
    of the coded fields of an entry, by field.
    """

    row: int
    dispnum: int
    start: PublishedDate
    end: PublishedDate
    numbers: Mapping[str, int]
    fatalpre: int
    numa: int
    numb: int

    @property
    def start_date(self) -> PartialDate | None:
        """The first day, with the precision given."""
        return self.start.value

    @property
    def end_date(self) -> PartialDate | None:
        """The last day, with the precision given."""
        return self.end.value

    @property
    def fatality(self) -> int:
        """The number of the fatality level."""
        return self.number_of("fatalities")

    def number_of(self, field: str) -> int:
        """The number in the column of a coded field of an entry, such as ``settlement``."""
        return self.numbers[field]

    def code_of(self, field: str) -> StrEnum | None:
        """The code in the column of a coded field; None if its number is not in the codebook."""
        return _CODES[field].get(self.number_of(field))


@dataclass(frozen=True, slots=True)
class PublishedParticipant:
    """A row of the table of participants: one spell of a state in a dispute."""

    row: int
    dispnum: int
    ccode: int
    stabb: str
    sidea: int
    start: PublishedDate
    end: PublishedDate
    fatality: int
    fatalpre: int


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
        sides = set(SIDES) if self.participants else set()
        return tuple(name for name in published_fields() if name in self.disputes.fields | sides)

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
            first = self.by_number[dispute.dispnum]
            if first is not dispute:
                notices.append(
                    f"{self.disputes.path.name}, row {dispute.row}: dispute {dispute.dispnum} has "
                    f"a row already, row {first.row}, and only that is compared."
                )
        return tuple(notices)

    @cached_property
    def by_number(self) -> Mapping[int, PublishedDispute]:
        """The disputes by number; the first if several rows have the same number."""
        first: dict[int, PublishedDispute] = {}
        for dispute in self.disputes.rows:
            first.setdefault(dispute.dispnum, dispute)
        return first

    @cached_property
    def members(self) -> Mapping[int, tuple[PublishedParticipant, ...]]:
        """The participants of each dispute, by its number."""
        found: defaultdict[int, list[PublishedParticipant]] = defaultdict(list)
        for participant in self.participants.rows if self.participants else ():
            found[participant.dispnum].append(participant)
        return {number: tuple(members) for number, members in found.items()}

    def side(self, number: int, side: int) -> dict[int, str]:
        """The abbreviations of a side's states by code, each state once, in table order."""
        members = self.members.get(number, ())
        return {member.ccode: member.stabb for member in members if member.sidea == side}

    @property
    def _tables(self) -> tuple[DisputeTable | ParticipantTable, ...]:
        return (self.disputes, self.participants) if self.participants else (self.disputes,)
