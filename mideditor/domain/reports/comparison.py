"""What comparing with a published data set says, as people read it: values as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from enum import StrEnum
from typing import Any

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId

# In printed order.
COMPARED = (
    "start_date",
    "end_date",
    "side_a",
    "side_b",
    "outcome",
    "settlement",
    "fatalities",
)
CODED: Mapping[str, type[StrEnum]] = {
    "outcome": Outcome,
    "settlement": Settlement,
    "fatalities": Fatalities,
}

_WORDS = {name: frozenset(map(str, codes)) for name, codes in CODED.items()}

BLANK = "(blank)"
UNREAD = "(unread)"


class Verdict(StrEnum):
    """How the current value of a field stands to the published one. “Missing” is no value."""

    AGREE = "agree"
    OTHER_PRECISION = "other precision"
    DIFFER = "differ"
    SWAPPED = "sides swapped"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


@dataclass(frozen=True)
class FieldComparison:
    """One field of one entry: as printed in its source, as it is now, as published.

    ``note`` says in words what a glance does not show. ``takes`` are the values by field that
    taking the published one over would set: both sides where one cannot be had without the other,
    none where nothing is published. ``key`` names the difference by its values alone, so that what
    is remembered of it holds until one of them changes. ``accepted`` is the reason for which a
    coder left the difference as it is.
    """

    record: RecordId
    number: int
    title: str
    field: str
    printed: str
    current: str
    published: str
    verdict: Verdict
    key: str
    note: str = ""
    takes: Mapping[str, Any] = attribute(default_factory=dict, compare=False, repr=False)
    accepted: str = ""

    @property
    def label(self) -> str:
        """The field's name on screen."""
        return FIELDS[self.field].label

    @property
    def differs(self) -> bool:
        """Whether here and there are not the same."""
        return self.verdict is not Verdict.AGREE

    @property
    def waits(self) -> bool:
        """Whether there is anything to look at: a difference that nobody has accepted."""
        return self.differs and not self.accepted

    @property
    def edited(self) -> bool:
        """Whether the field is no more as it was printed."""
        return self.current != self.printed

    @property
    def cell(self) -> tuple[str, str]:
        """Row and column of a coded field in its matrix: printed and published value."""
        codes = _WORDS[self.field]
        return _as_code(self.printed, codes), _as_code(self.published, codes)


@dataclass(frozen=True)
class Cell:
    """How many entries print one value where another is published.

    ``left`` of them are still as printed and differ; ``edited`` were changed and still differ. What
    was accepted is neither.
    """

    field: str
    printed: str
    published: str
    count: int
    left: int
    edited: int

    @property
    def agrees(self) -> bool:
        """Whether it lies on the diagonal."""
        return self.printed == self.published


@dataclass(frozen=True)
class Matrix:
    """Printed × published values of a coded field; ``values`` name both rows and columns."""

    field: str
    values: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    @property
    def label(self) -> str:
        """The field's name on screen."""
        return FIELDS[self.field].label

    @property
    def faults(self) -> list[Cell]:
        """The cells off the diagonal, the fullest first."""
        off = [cell for cell in self.cells.values() if not cell.agrees]
        return sorted(off, key=lambda cell: -cell.count)


@dataclass(frozen=True)
class Unmatched:
    """An entry that is not published (``record`` its id), or a published dispute not here (None).

    ``told`` are its dates and participants in one line.
    """

    record: RecordId | None
    number: int | None
    told: str


@dataclass(frozen=True)
class Comparison:
    """All that the comparison says. ``fields`` has every field compared, those that agree too.

    ``unpublished`` are entries that the data set has not; ``missing`` are published disputes of
    the dyads at hand that are neither told nor referred to here, and ``elsewhere`` counts those
    that belong to other dyads.
    """

    citation: str
    entries: int
    fields: tuple[FieldComparison, ...]
    unpublished: tuple[Unmatched, ...] = ()
    missing: tuple[Unmatched, ...] = ()
    elsewhere: int = 0
    notices: tuple[str, ...] = ()

    @property
    def differences(self) -> list[FieldComparison]:
        """The fields that do not agree, in source order."""
        return [one for one in self.fields if one.differs]

    @property
    def agrees(self) -> bool:
        """Whether nothing is left to look at."""
        open_ones = any(one.waits for one in self.fields)
        return not (open_ones or self.unpublished or self.missing)

    @property
    def compared(self) -> tuple[str, ...]:
        """The names of the fields that were compared, in printed order."""
        named = {one.field for one in self.fields}
        return tuple(name for name in COMPARED if name in named)

    @property
    def matrices(self) -> list[Matrix]:
        """The matrix of each coded field that was compared."""
        return [matrix_of(self.fields, name) for name in CODED if name in self.compared]

    def only(self, names: Collection[str]) -> Comparison:
        """This comparison with no other fields than those named."""
        kept = tuple(one for one in self.fields if one.field in names)
        return replace(self, fields=kept, unpublished=(), missing=(), elsewhere=0)

    def counts(self, name: str) -> Counter[Verdict]:
        """How often each verdict was given on a field."""
        return Counter(one.verdict for one in self.fields if one.field == name)


def matrix_of(compared: Iterable[FieldComparison], name: str) -> Matrix:
    """The matrix of a coded field: its values in the order of the codebook, those that occur."""
    by_cell: dict[tuple[str, str], list[FieldComparison]] = {}
    for one in compared:
        if one.field == name:
            by_cell.setdefault(one.cell, []).append(one)
    named = {value for cell in by_cell for value in cell}
    values = tuple(value for value in (*CODED[name], BLANK, UNREAD) if value in named)
    return Matrix(
        name,
        tuple(map(str, values)),
        {cell: _cell(name, cell, members) for cell, members in by_cell.items()},
    )


def open_differences_in(
    compared: Iterable[FieldComparison], name: str, printed: str, published: str
) -> list[FieldComparison]:
    """The differences of a matrix's cell that nobody has edited or accepted."""
    return [
        one
        for one in compared
        if one.field == name and one.waits and not one.edited and one.cell == (printed, published)
    ]


def _as_code(printed: str, codes: frozenset[str]) -> str:
    if not printed:
        return BLANK
    return printed if printed in codes else UNREAD


def _cell(name: str, cell: tuple[str, str], members: Sequence[FieldComparison]) -> Cell:
    open_ones = [one for one in members if one.waits]
    edited = sum(one.edited for one in open_ones)
    return Cell(name, *cell, len(members), len(open_ones) - edited, edited)
