"""How many records of a selection have each value of a field, however many records there are."""

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
    """Records, in their order, and the same as bits: that of place n is set for record n."""

    def __init__(self, records: Sequence[RecordId]) -> None:
        self.records = records

    @cached_property
    def bits(self) -> int:
        """All of them in one number."""
        return bits_of(self.records)


class FacetCounts:
    """The values of one field by record id.

    A value's records are the bits of one number, so that counting those of a selection is one
    “and” of two numbers: some microseconds a value for 100,000 records.
    """

    def __init__(self) -> None:
        self.values: list[FacetValues] = []
        self._same: dict[FacetValues, FacetValues] = {}
        self._totals: Counter[str] | None = None
        self._bits: dict[str, int] | None = None

    def put(self, record: RecordId, values: FacetValues) -> None:
        """Take the values of a record, in the place of those before."""
        missing = record + 1 - len(self.values)
        if missing > 0:
            self.values += [()] * missing
        new, old = self._same.setdefault(values, values), self.values[record]
        self.values[record] = new
        if self._totals is not None:
            self._recount(record, old, new)

    def totals(self) -> Mapping[str, int]:
        """How many of all records have each value."""
        if self._totals is None:
            self._totals = Counter(chain.from_iterable(self.values))
            self._bits = None if len(self._totals) > _MANY else self._bits_of_values()
        return self._totals

    def counts(self, selection: RecordSet) -> Mapping[str, int]:
        """How many of the records have each value; values of none of them are not told."""
        self.totals()
        if self._bits is None:
            return Counter(chain.from_iterable(map(self.values.__getitem__, selection.records)))
        bits = selection.bits
        counted = ((value, (its & bits).bit_count()) for value, its in self._bits.items())
        return {value: count for value, count in counted if count}

    def _bits_of_values(self) -> dict[str, int]:
        members: defaultdict[str, list[RecordId]] = defaultdict(list)
        for record, values in enumerate(self.values):
            for value in values:
                members[value].append(record)
        return {value: bits_of(its) for value, its in members.items()}

    def _recount(self, record: RecordId, old: FacetValues, new: FacetValues) -> None:
        assert self._totals is not None
        self._totals.subtract(old)
        self._totals.update(new)
        if self._bits is not None:
            for value in {*old} ^ {*new}:
                self._bits[value] = self._bits.get(value, 0) ^ (1 << record)


def bits_of(records: Sequence[RecordId]) -> int:
    """A number of which the bits are set that stand at these places."""
    if not records:
        return 0
    digits = bytearray([_NO]) * (max(records) + 1)
    for record in records:
        digits[~record] = _YES
    return int(digits, 2)
