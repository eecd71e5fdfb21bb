"""The index for sorting and searching; a record is indexed again after it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mideditor.domain.fields import text_fields
from mideditor.domain.record import RecordId
from mideditor.domain.stored_fields import printed_fields
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Changed, Session
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.session.table.facet_counts import FacetCounts
from mideditor.session.table.indexed_record import IndexedRecord
from mideditor.session.table.search_keys import KEYS, TEXT_KEYS, SearchKey
from mideditor.session.work import CHECKED_AT_A_TIME, READ_AT_A_TIME, Work

_SEPARATOR = b"\xff"
"""Separates the parts of a text; this byte never occurs in UTF-8."""

_PUNCTUATION = "‘".encode()[:2]
"""The first bytes of U+2000 to U+203F in UTF-8: dashes and curly quotes, but no letters."""


class SearchIndex:
    """By row: the case-folded text, the sort keys and the values of each search key.

    Rows are numbered from 0 as records come; a record keeps its row, whatever its id. `fill`
    indexes the new and changed records. ``version`` grows with every step.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self.texts: list[bytes] = []
        self._rows: dict[RecordId, int] = {}
        self._records: list[RecordId] = []
        self._in_source_order: tuple[Sequence[RecordId], list[int]] = ((), [])
        self.keys: dict[str, list[Any]] = {column.name: [] for column in RECORD_COLUMNS}
        self.tallies = {key.name: FacetCounts() for key in KEYS.values() if not key.in_text}
        self.version = 0
        self._columns = {
            checked: [
                (one.key, self.keys[one.name]) for one in RECORD_COLUMNS if one.checked is checked
            ]
            for checked in (False, True)
        }
        self._fields = {
            checked: [
                (KEYS[name].values, tally)
                for name, tally in self.tallies.items()
                if KEYS[name].checked is checked
            ]
            for checked in (False, True)
        }
        self._session = session
        self._checks = checks
        # Reversed, because a dict removes its last item in constant time, but not its first.
        self._unindexed = dict.fromkeys(reversed(session.ids()))
        self._unchecked = dict.fromkeys(reversed(session.ids()))
        session.subscribe(self._follow)

    def waiting(self, *, checked: bool = False) -> int:
        """How many records are to be indexed; with ``checked``, also those for their findings."""
        return len(self._unindexed) + (len(self._unchecked) if checked else 0)

    def fill(self, *, checked: bool = False) -> Work[None]:
        """Index the waiting records; with ``checked``, their findings too."""
        yield from self._visit_waiting(self._unindexed, self._read, READ_AT_A_TIME)
        if checked:
            yield from self._checks.read_ahead()
            yield from self._visit_waiting(self._unchecked, self._check, CHECKED_AT_A_TIME)

    def row_of(self, record: RecordId) -> int:
        """The row of a record, which is given one if it has none yet."""
        row = self._rows.get(record)
        if row is None:
            row = self._rows[record] = len(self._records)
            self._records.append(record)
        return row

    def rows(self) -> list[int]:
        """The rows of the project's records, in source order."""
        ids = self._session.ids()
        if ids is not self._in_source_order[0]:
            self._in_source_order = ids, [self.row_of(record) for record in ids]
        return self._in_source_order[1]

    def records(self, rows: Iterable[int]) -> list[RecordId]:
        """The records of rows, in the same order."""
        return list(map(self._records.__getitem__, rows))

    def indexed(self, record: RecordId) -> IndexedRecord:
        """A record as the columns and search keys take it."""
        document = self._session.documents()[record]
        return IndexedRecord(record, document, self._session, self._checks)

    def _visit_waiting(
        self, waiting: dict[RecordId, None], visit: Callable[[IndexedRecord], None], at_a_time: int
    ) -> Work[None]:
        documents = self._session.documents()
        while waiting:
            for _ in range(min(at_a_time, len(waiting))):
                record, _ = waiting.popitem()
                if record in documents:
                    self._make_room(self.row_of(record))
                    visit(self.indexed(record))
            if waiting:
                yield len(documents) - len(waiting), len(documents)

    def _read(self, indexed: IndexedRecord) -> None:
        self.texts[self._rows[indexed.id]] = _text(indexed)
        self._index_keys(indexed, checked=False)

    def _check(self, indexed: IndexedRecord) -> None:
        self._index_keys(indexed, checked=True)

    def _index_keys(self, indexed: IndexedRecord, *, checked: bool) -> None:
        row = self._rows[indexed.id]
        for key_of, keys in self._columns[checked]:
            keys[row] = key_of(indexed)
        for values_of, tally in self._fields[checked]:
            tally.put(row, tuple(values_of(indexed)))

    def _make_room(self, row: int) -> None:
        missing = row + 1 - len(self.texts)
        if missing > 0:
            self.texts += [b""] * missing
            for keys in self.keys.values():
                keys += [None] * missing

    def _follow(self, changed: Changed) -> None:
        self.version += 1
        self._unindexed |= dict.fromkeys(changed.records)
        self._unchecked |= dict.fromkeys(changed.records | self._checks.touched)


def folded(text: str) -> bytes:
    """A case-folded text, in UTF-8.

    Equal to `str.casefold`, but ten times as fast if all but dashes and curly quotes is ASCII.
    """
    encoded = text.encode()
    beyond_ascii = len(encoded) - len(text)
    if beyond_ascii == 2 * encoded.count(_PUNCTUATION):
        return encoded.lower()
    return text.casefold().encode()


def _text(indexed: IndexedRecord) -> bytes:
    """All printed text of a record; the parts with search keys of their own come last."""
    kind = "fragment" if indexed.document["kind"] == "fragment" else ""
    parts = [[kind, *printed_fields(indexed.document, excluded=text_fields())]]
    parts += [list(key.values(indexed)) for key in TEXT_KEYS]
    return _SEPARATOR.join([folded("\n".join(lines)) for lines in parts])


def part_of(text: bytes, key: SearchKey) -> bytes:
    """The part of a record's text that a search key searches."""
    return text.split(_SEPARATOR)[TEXT_KEYS.index(key) + 1]
