"""Counts how many records of a selection have each value of a field, also in large projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

FacetValues = tuple[str, ...]

_MANY = 1000
"""A field with more values than this is counted record by record."""

_NO, _YES = b"01"


class RowSet:
    """Rows of the search index in order, and the same as a bit set: bit n stands for row n."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = rows

    @cached_property
    def bits(self) -> int:
        """The bit set as one integer."""
        return bits_of(self.rows)


class FacetCounts:
    """The values of one field by row of the search index.

    The rows of each value are a bit set, so counting them in a selection is one “and” of two
    integers: a few microseconds per value for 100,000 records.
    """

    def __init__(self) -> None:
        self.values: list[FacetValues] = []
        self._interned: dict[FacetValues, FacetValues] = {}
        self._totals: Counter[str] | None = None
        self._bits: dict[str, int] | None = None

    def put(self, row: int, values: FacetValues) -> None:
        """Set the values of a row, replacing any earlier ones."""
        missing = row + 1 - len(self.values)
        if missing > 0:
            self.values += [()] * missing
        new, old = self._interned.setdefault(values, values), self.values[row]
        self.values[row] = new
        if self._totals is not None:
            self._recount(row, old, new)

    def totals(self) -> Mapping[str, int]:
        """How many records have each value."""
        if self._totals is None:
            self._totals = Counter(chain.from_iterable(self.values))
            self._bits = None if len(self._totals) > _MANY else self._bits_of_values()
        return self._totals

    def counts(self, selection: RowSet) -> Mapping[str, int]:
        """How many records of the selection have each value; values without any are left out."""
        self.totals()
        if self._bits is None:
            return Counter(chain.from_iterable(map(self.values.__getitem__, selection.rows)))
        bits = selection.bits
        counted = ((value, (own & bits).bit_count()) for value, own in self._bits.items())
        return {value: count for value, count in counted if count}

    def _bits_of_values(self) -> dict[str, int]:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for row, values in enumerate(self.values):
            for value in values:
                members[value].append(row)
        return {value: bits_of(rows) for value, rows in members.items()}

    def _recount(self, row: int, old: FacetValues, new: FacetValues) -> None:
        assert self._totals is not None
        self._totals.subtract(old)
        self._totals.update(new)
        if self._bits is not None:
            for value in {*old} ^ {*new}:
                self._bits[value] = self._bits.get(value, 0) ^ (1 << row)


def bits_of(rows: Sequence[int]) -> int:
    """An integer with the bits at these positions set."""
    if not rows:
        return 0
    digits = bytearray([_NO]) * (max(rows) + 1)
    for row in rows:
        digits[~row] = _YES
    return int(digits, 2)
