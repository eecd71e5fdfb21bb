"""Counts how many records of a selection have each value of a field, also in large projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

from mideditor.domain.record import RecordId

FacetValues = tuple[str, ...]

_MANY = 1000
"""A field with more values than this is counted record by record."""

_NO, _YES = b"01"


class RecordSet:
    """Records in order, and the same as a bit set: bit n stands for record n."""

    def __init__(self, records: Sequence[RecordId]) -> None:
        self.records = records

    @cached_property
    def bits(self) -> int:
        """The bit set as one integer."""
        return bits_of(self.records)


class FacetCounts:
    """The values of one field by record id.

    The records of each value are a bit set, so counting them in a selection is one “and” of two
    integers: a few microseconds per value for 100,000 records.
    """

    def __init__(self) -> None:
        self.values: list[FacetValues] = []
        self._interned: dict[FacetValues, FacetValues] = {}
        self._totals: Counter[str] | None = None
        self._bits: dict[str, int] | None = None

    def put(self, record: RecordId, values: FacetValues) -> None:
        """Set the values of a record, replacing any earlier ones."""
        missing = record + 1 - len(self.values)
        if missing > 0:
            self.values += [()] * missing
        new, old = self._interned.setdefault(values, values), self.values[record]
        self.values[record] = new
        if self._totals is not None:
            self._recount(record, old, new)

    def totals(self) -> Mapping[str, int]:
        """How many records have each value."""
        if self._totals is None:
            self._totals = Counter(chain.from_iterable(self.values))
            self._bits = None if len(self._totals) > _MANY else self._bits_of_values()
        return self._totals

    def counts(self, selection: RecordSet) -> Mapping[str, int]:
        """How many records of the selection have each value; values without any are left out."""
        self.totals()
        if self._bits is None:
            return Counter(chain.from_iterable(map(self.values.__getitem__, selection.records)))
        bits = selection.bits
        counted = ((value, (own & bits).bit_count()) for value, own in self._bits.items())
        return {value: count for value, count in counted if count}

    def _bits_of_values(self) -> dict[str, int]:
        members: defaultdict[str, list[RecordId]] = defaultdict(list)
        for record, values in enumerate(self.values):
            for value in values:
                members[value].append(record)
        return {value: bits_of(records) for value, records in members.items()}

    def _recount(self, record: RecordId, old: FacetValues, new: FacetValues) -> None:
        assert self._totals is not None
        self._totals.subtract(old)
        self._totals.update(new)
        if self._bits is not None:
            for value in {*old} ^ {*new}:
                self._bits[value] = self._bits.get(value, 0) ^ (1 << record)


def bits_of(records: Sequence[RecordId]) -> int:
    """An integer with the bits at these positions set."""
    if not records:
        return 0
    digits = bytearray([_NO]) * (max(records) + 1)
    for record in records:
        digits[~record] = _YES
    return int(digits, 2)
