"""The records of a project by what they have in common, for rules that look beyond one record.

A rule reaches other records only by a number or a dyad that its own record bears or names. So
when a record changes, the findings of those that share a number or a dyad with it, before or
after, are all that can have changed.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mideditor.domain.record import Entry, Record, RecordId

Dyad = tuple[int, int]
"""The codes of two states, the lower first."""

Key = int | Dyad
"""A dispute number or a dyad."""


def _no_record(record: RecordId) -> Record:
    raise KeyError(record)


class Book:
    """Which records bear or name which numbers and dyads; ids come in source order.

    ``record_of`` gives a record by its id.
    """

    def __init__(self, record_of: Callable[[RecordId], Record] = _no_record) -> None:
        self._record_of = record_of
        self._sharing: defaultdict[Key, list[RecordId]] = defaultdict(list)
        self._listed: defaultdict[Dyad, list[RecordId]] = defaultdict(list)
        self._keys: dict[RecordId, tuple[Key, ...]] = {}
        self._headings: dict[RecordId, Dyad] = {}

    def fill(self, documents: Mapping[RecordId, Mapping[str, Any]]) -> None:
        """Take the stored forms of all records of a project into an empty book."""
        for record in sorted(documents):
            document = documents[record]
            self._keys[record] = keys = _keys_of(document)
            for key in keys:
                self._sharing[key].append(record)
            if heading := _heading_of(document):
                self._listed[heading].append(record)
                self._headings[record] = heading

    def put(self, record: RecordId, document: Mapping[str, Any] | None) -> set[RecordId]:
        """Take a record's stored form as it is now (None: it is gone).

        Returns the ids of all records whose findings that may change.
        """
        before = {*self._keys.pop(record, ())}
        after = {*_keys_of(document)} if document else set()
        for key in before - after:
            self._sharing[key].remove(record)
        for key in after - before:
            insort(self._sharing[key], record)
        if document is not None:
            self._keys[record] = tuple(after)
        self._list(record, _heading_of(document) if document else None)
        return {record}.union(*(self._sharing[key] for key in before | after))

    def entries(self, number: int) -> Iterator[tuple[RecordId, Entry]]:
        """The entries that bear a dispute number."""
        for record_id in self._sharing.get(number, ()):
            record = self._record_of(record_id)
            if isinstance(record, Entry) and record.dispute_number == number:
                yield record_id, record

    def under(self, dyad: Dyad) -> Iterator[tuple[RecordId, Record]]:
        """The records under the heading of a dyad."""
        for record_id in self._listed.get(dyad, ()):
            yield record_id, self._record_of(record_id)

    def above(self, record: RecordId, dyad: Dyad) -> Record | None:
        """The last record under the heading of a dyad before the one with that id."""
        listed = self._listed.get(dyad, ())
        place = bisect_left(listed, record)
        return self._record_of(listed[place - 1]) if place else None

    def _list(self, record: RecordId, heading: Dyad | None) -> None:
        before = self._headings.pop(record, None)
        if before is not None:
            self._listed[before].remove(record)
        if heading is not None:
            insort(self._listed[heading], record)
            self._headings[record] = heading


def _keys_of(document: Mapping[str, Any]) -> tuple[Key, ...]:
    number = document.get("dispute_number")
    keys = (number if isinstance(number, int) else None, _heading_of(document), _see_of(document))
    return tuple({key for key in keys if key is not None})


def _heading_of(document: Mapping[str, Any]) -> Dyad | None:
    codes = document.get("dyad")
    return (codes[0], codes[1]) if codes else None


def _see_of(document: Mapping[str, Any]) -> Dyad | None:
    see = document.get("see")
    return _codes_of(see) if see else None


def _codes_of(dyad: Any) -> Dyad | None:
    if "a" not in dyad:
        return None
    first, second = dyad["a"]["code"], dyad["b"]["code"]
    if first is None or second is None:
        return None
    return min(first, second), max(first, second)
