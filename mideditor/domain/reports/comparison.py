"""The result of comparing a project with a published data set, with values as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from enum import StrEnum
from typing import Any

from mideditor.domain.fields import FIELDS, published_codes, published_fields
from mideditor.domain.record import RecordId

_WORDS = {name: frozenset(map(str, codes)) for name, codes in published_codes().items()}

BLANK = "(blank)"
UNREAD = "(unread)"


class Verdict(StrEnum):
    """How the current value of a field compares with the published one. “Missing” is no value."""

    AGREE = "agree"
    OTHER_PRECISION = "other precision"
    DIFFER = "differ"
    SWAPPED = "sides swapped"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


@dataclass(frozen=True)
class FieldComparison:
    """One field of one entry: as printed in its source, its current value, as published.

    ``note`` explains what the values alone do not show. ``to_apply`` are the values by field that
    applying the published value would set: both sides if one cannot be applied without the other,
    none if nothing is published. ``key`` identifies the difference by its values alone, so that
    accepting it holds until one of them changes. ``accepted`` is the coder's reason for leaving
    the difference as it is.
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
    to_apply: Mapping[str, Any] = attribute(default_factory=dict, compare=False, repr=False)
    accepted: str = ""

    @property
    def label(self) -> str:
        """The label of the field on screen."""
        return FIELDS[self.field].label

    @property
    def differs(self) -> bool:
        """Whether the current and the published value differ."""
        return self.verdict is not Verdict.AGREE

    @property
    def is_open(self) -> bool:
        """Whether it is a difference that has not been accepted."""
        return self.differs and not self.accepted

    @property
    def edited(self) -> bool:
        """Whether the current value differs from the printed one."""
        return self.current != self.printed

    @property
    def cell(self) -> tuple[str, str]:
        """The row and column of a coded field in its matrix: printed and published value."""
        codes = _WORDS[self.field]
        return _as_code(self.printed, codes), _as_code(self.published, codes)


@dataclass(frozen=True)
class Cell:
    """How many entries have one printed and one published value.

    ``left`` of them are still as printed and differ; ``edited`` were changed and still differ.
    Accepted differences are in neither count.
    """

    field: str
    printed: str
    published: str
    count: int
    left: int
    edited: int

    @property
    def agrees(self) -> bool:
        """Whether it is on the diagonal."""
        return self.printed == self.published


@dataclass(frozen=True)
class Matrix:
    """Printed × published values of a coded field; ``values`` name both rows and columns."""

    field: str
    values: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    @property
    def label(self) -> str:
        """The label of the field on screen."""
        return FIELDS[self.field].label

    @property
    def faults(self) -> list[Cell]:
        """The cells off the diagonal, highest count first."""
        off = [cell for cell in self.cells.values() if not cell.agrees]
        return sorted(off, key=lambda cell: -cell.count)


@dataclass(frozen=True)
class Unmatched:
    """An entry that is not published, or (``record`` None) a published dispute not in the project.

    ``summary`` are its dates and participants on one line.
    """

    record: RecordId | None
    number: int | None
    summary: str


@dataclass(frozen=True)
class Comparison:
    """The whole comparison. ``fields`` has every compared field, including those that agree.

    ``unpublished`` are entries that are not in the data set; ``missing`` are published disputes of
    the project's dyads for which it has neither an entry nor a cross-reference; ``elsewhere``
    counts those of other dyads.
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
        """Whether there is nothing left to review."""
        open_ones = any(one.is_open for one in self.fields)
        return not (open_ones or self.unpublished or self.missing)

    @property
    def compared(self) -> tuple[str, ...]:
        """The names of the fields that were compared, in printed order."""
        named = {one.field for one in self.fields}
        return tuple(name for name in published_fields() if name in named)

    @property
    def matrices(self) -> list[Matrix]:
        """The matrix of each coded field that was compared."""
        return [matrix_of(self.fields, name) for name in published_codes() if name in self.compared]

    def only(self, names: Collection[str]) -> Comparison:
        """This comparison, restricted to the named fields."""
        kept = tuple(one for one in self.fields if one.field in names)
        return replace(self, fields=kept, unpublished=(), missing=(), elsewhere=0)

    def counts(self, name: str) -> Counter[Verdict]:
        """How often each verdict occurs for a field."""
        return Counter(one.verdict for one in self.fields if one.field == name)


def matrix_of(compared: Iterable[FieldComparison], name: str) -> Matrix:
    """The matrix of a coded field, with the values that occur in codebook order."""
    by_cell: dict[tuple[str, str], list[FieldComparison]] = {}
    for one in compared:
        if one.field == name:
            by_cell.setdefault(one.cell, []).append(one)
    named = {value for cell in by_cell for value in cell}
    values = tuple(value for value in (*published_codes()[name], BLANK, UNREAD) if value in named)
    return Matrix(
        name,
        tuple(map(str, values)),
        {cell: _cell(name, cell, members) for cell, members in by_cell.items()},
    )


def open_differences_in(
    compared: Iterable[FieldComparison], name: str, printed: str, published: str
) -> list[FieldComparison]:
    """The differences in a cell of the matrix that have been neither edited nor accepted."""
    return [
        one
        for one in compared
        if one.field == name and one.is_open and not one.edited and one.cell == (printed, published)
    ]


def _as_code(printed: str, codes: frozenset[str]) -> str:
    if not printed:
        return BLANK
    return printed if printed in codes else UNREAD


def _cell(name: str, cell: tuple[str, str], members: Sequence[FieldComparison]) -> Cell:
    open_ones = [one for one in members if one.is_open]
    edited = sum(one.edited for one in open_ones)
    return Cell(name, *cell, len(members), len(open_ones) - edited, edited)
