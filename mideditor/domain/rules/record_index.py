"""An index of a project's records by number and dyad, for rules that look at other records.

A rule finds other records by a dispute number, by their position under a dyad heading, or by
asking whether a dyad has any entries. So when a record changes, only the findings of a few others
can change, however large the project is.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from mideditor.domain.record import Entry, Record, RecordId

DyadCodes = tuple[int, int]
"""The codes of two states, the lower first."""


class RecordKeys(NamedTuple):
    """The index keys of a record: its number, its dyad, the dyad that it points to."""

    number: int | None = None
    heading: DyadCodes | None = None
    see: DyadCodes | None = None
    is_entry: bool = False


def _no_record(record: RecordId) -> Record:
    raise KeyError(record)


class RecordIndex:
    """Records by dispute number, by the dyad of their heading and by the dyad they point to.

    Records are in the order of the book: ``rank_of`` gives the place of each in it, ``record_of``
    the record.
    """

    def __init__(
        self,
        record_of: Callable[[RecordId], Record] = _no_record,
        rank_of: Callable[[RecordId], int] = int,
    ) -> None:
        self._record_of = record_of
        self._rank_of = rank_of
        self._keys_by_id: dict[RecordId, RecordKeys] = {}
        self._by_number: defaultdict[int, list[RecordId]] = defaultdict(list)
        self._by_heading: defaultdict[DyadCodes, list[RecordId]] = defaultdict(list)
        self._by_see: defaultdict[DyadCodes, list[RecordId]] = defaultdict(list)
        self._entry_counts: Counter[DyadCodes] = Counter()

    def __contains__(self, record: RecordId) -> bool:
        return record in self._keys_by_id

    def add(self, record: RecordId, document: Mapping[str, Any]) -> None:
        """Add the stored form of a record that is not in the index yet."""
        keys = _keys_of(document)
        self._keys_by_id[record] = keys
        if keys.number is not None:
            insort(self._by_number[keys.number], record, key=self._rank_of)
        if keys.heading is not None:
            insort(self._by_heading[keys.heading], record, key=self._rank_of)
            self._entry_counts[keys.heading] += keys.is_entry
        if keys.see is not None:
            insort(self._by_see[keys.see], record, key=self._rank_of)

    def update(self, record: RecordId, document: Mapping[str, Any] | None) -> set[RecordId]:
        """Replace a record by its current stored form (None: it was removed).

        Returns the ids of all records whose findings may change.
        """
        old = self._keys_by_id.get(record, RecordKeys())
        affected = {record, *self._related(record, old)}
        self._remove(record)
        if document is not None:
            self.add(record, document)
        new = self._keys_by_id.get(record, RecordKeys())
        affected.update(self._related(record, new))
        for keys, other in ((old, new), (new, old)):
            if keys.heading is not None and self._is_first_or_last_entry(keys, other):
                affected.update(self._by_see.get(keys.heading, ()))
        return affected

    def with_number(self, number: int) -> Iterator[tuple[RecordId, Record]]:
        """The records of any kind with a dispute number."""
        for record_id in self._by_number.get(number, ()):
            yield record_id, self._record_of(record_id)

    def entries_with_number(self, number: int) -> Iterator[tuple[RecordId, Entry]]:
        """The entries with a dispute number."""
        for record_id, record in self.with_number(number):
            if isinstance(record, Entry):
                yield record_id, record

    def has_entries(self, dyad: DyadCodes) -> bool:
        """Whether there is an entry under the heading of a dyad."""
        return self._entry_counts[dyad] > 0

    def above(self, record: RecordId, dyad: DyadCodes) -> Record | None:
        """The record just above the given one under the heading of a dyad; None for the first."""
        ids = self._by_heading.get(dyad, ())
        position = bisect_left(ids, self._rank_of(record), key=self._rank_of)
        return self._record_of(ids[position - 1]) if position else None

    def is_before(self, record: RecordId, other: RecordId) -> bool:
        """Whether a record stands before another in the book."""
        return self._rank_of(record) < self._rank_of(other)

    def _remove(self, record: RecordId) -> None:
        keys = self._keys_by_id.pop(record, RecordKeys())
        if keys.number is not None:
            self._by_number[keys.number].remove(record)
        if keys.heading is not None:
            self._by_heading[keys.heading].remove(record)
            self._entry_counts[keys.heading] -= keys.is_entry
        if keys.see is not None:
            self._by_see[keys.see].remove(record)

    def _related(self, record: RecordId, keys: RecordKeys) -> Iterator[RecordId]:
        """The records with the same number, and the one just below under the same heading."""
        if keys.number is not None:
            yield from self._by_number.get(keys.number, ())
        if keys.heading is not None:
            ids = self._by_heading[keys.heading]
            below = ids.index(record) + 1 if record in ids else len(ids)
            yield from ids[below : below + 1]

    def _is_first_or_last_entry(self, keys: RecordKeys, other_keys: RecordKeys) -> bool:
        """Whether a dyad gains its first entry or loses its last between two states of a record."""
        moves = keys.is_entry and not (other_keys.is_entry and other_keys.heading == keys.heading)
        return moves and keys.heading is not None and self._entry_counts[keys.heading] <= 1


def _keys_of(document: Mapping[str, Any]) -> RecordKeys:
    number, heading, see = (document.get(name) for name in ("dispute_number", "dyad", "see"))
    return RecordKeys(
        number if isinstance(number, int) else None,
        (heading[0], heading[1]) if heading else None,
        _codes_of(see) if see else None,
        document["kind"] == "entry",
    )


def _codes_of(dyad: Any) -> DyadCodes | None:
    if "a" not in dyad:
        return None
    first, second = dyad["a"]["code"], dyad["b"]["code"]
    if first is None or second is None:
        return None
    return min(first, second), max(first, second)
