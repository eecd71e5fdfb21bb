"""The records of a project by what they have in common, for rules that look beyond one record.

A rule reaches other records by a dispute number, by their place under a dyad's heading, or by
asking whether a dyad has entries at all. So when a record changes, the findings that can have
changed are those of a few others, however long the lists of a project grow.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from mideditor.domain.record import Entry, Record, RecordId

DyadCodes = tuple[int, int]
"""The codes of two states, the lower first."""


class Facts(NamedTuple):
    """What of a record concerns others: its number, its dyad, the dyad that it points to."""

    number: int | None = None
    heading: DyadCodes | None = None
    see: DyadCodes | None = None
    is_entry: bool = False


def _no_record(record: RecordId) -> Record:
    raise KeyError(record)


class Book:
    """Which records bear which numbers, and stand under or point to which dyads.

    Ids come in source order; ``record_of`` gives a record by its id.
    """

    def __init__(self, record_of: Callable[[RecordId], Record] = _no_record) -> None:
        self._record_of = record_of
        self._facts: dict[RecordId, Facts] = {}
        self._bearing: defaultdict[int, list[RecordId]] = defaultdict(list)
        self._under: defaultdict[DyadCodes, list[RecordId]] = defaultdict(list)
        self._pointing: defaultdict[DyadCodes, list[RecordId]] = defaultdict(list)
        self._entries: Counter[DyadCodes] = Counter()

    def __contains__(self, record: RecordId) -> bool:
        return record in self._facts

    def add(self, record: RecordId, document: Mapping[str, Any]) -> None:
        """Take the stored form of a record that is not in the book yet."""
        facts = _facts_of(document)
        self._facts[record] = facts
        if facts.number is not None:
            insort(self._bearing[facts.number], record)
        if facts.heading is not None:
            insort(self._under[facts.heading], record)
            self._entries[facts.heading] += facts.is_entry
        if facts.see is not None:
            insort(self._pointing[facts.see], record)

    def put(self, record: RecordId, document: Mapping[str, Any] | None) -> set[RecordId]:
        """Take a record's stored form as it is now (None: it is gone).

        Returns the ids of all records whose findings that may change.
        """
        before = self._facts.get(record, Facts())
        touched = {record, *self._concerned(record, before)}
        self._remove(record)
        if document is not None:
            self.add(record, document)
        after = self._facts.get(record, Facts())
        touched.update(self._concerned(record, after))
        for facts, by in ((before, after), (after, before)):
            if facts.heading is not None and self._is_first_or_last_entry(facts, by):
                touched.update(self._pointing.get(facts.heading, ()))
        return touched

    def bearing(self, number: int) -> Iterator[tuple[RecordId, Record]]:
        """The records of any kind that bear a dispute number."""
        for record_id in self._bearing.get(number, ()):
            yield record_id, self._record_of(record_id)

    def entries(self, number: int) -> Iterator[tuple[RecordId, Entry]]:
        """The entries that bear a dispute number."""
        for record_id, record in self.bearing(number):
            if isinstance(record, Entry):
                yield record_id, record

    def has_entries(self, dyad: DyadCodes) -> bool:
        """Whether an entry stands under the heading of a dyad."""
        return self._entries[dyad] > 0

    def above(self, record: RecordId, dyad: DyadCodes) -> Record | None:
        """The last record under the heading of a dyad before the one with that id."""
        listed = self._under.get(dyad, ())
        place = bisect_left(listed, record)
        return self._record_of(listed[place - 1]) if place else None

    def _remove(self, record: RecordId) -> None:
        facts = self._facts.pop(record, Facts())
        if facts.number is not None:
            self._bearing[facts.number].remove(record)
        if facts.heading is not None:
            self._under[facts.heading].remove(record)
            self._entries[facts.heading] -= facts.is_entry
        if facts.see is not None:
            self._pointing[facts.see].remove(record)

    def _concerned(self, record: RecordId, facts: Facts) -> Iterator[RecordId]:
        """Those that share its number, and the one below it."""
        if facts.number is not None:
            yield from self._bearing.get(facts.number, ())
        if facts.heading is not None:
            listed = self._under[facts.heading]
            place = bisect_left(listed, record) + 1
            yield from listed[place : place + 1]

    def _is_first_or_last_entry(self, facts: Facts, other: Facts) -> bool:
        """Whether a dyad has its first entry by one state of a record, or no more by the other."""
        counts = facts.is_entry and not (other.is_entry and other.heading == facts.heading)
        return counts and facts.heading is not None and self._entries[facts.heading] <= 1


def _facts_of(document: Mapping[str, Any]) -> Facts:
    number, heading, see = (document.get(name) for name in ("dispute_number", "dyad", "see"))
    return Facts(
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
