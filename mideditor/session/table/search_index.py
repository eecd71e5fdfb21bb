"""What sorting and searching look at, made once for each record and again when it has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mideditor.domain.record import RecordId
from mideditor.domain.stored_fields import printed_fields
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Changed, Session
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.session.table.facet_counts import FacetCounts
from mideditor.session.table.indexed_record import IndexedRecord
from mideditor.session.table.search_keys import KEYS, TEXT_KEYS, SearchKey
from mideditor.session.work import CHECKED_AT_A_TIME, READ_AT_A_TIME, Work

_PARTS_OF_THEIR_OWN = frozenset({"narrative", "coding_changes"})
_BETWEEN = b"\xff"
"""Parts the parts of a text; it is no part of UTF-8."""

_PUNCTUATION = "‘".encode()[:2]
"""How U+2000 to U+203F begin in UTF-8: dashes and curly quotes, without a letter among them."""


class SearchIndex:
    """By record id: the folded text, the key of each column, the values of each search key.

    A record is looked at when a question is asked, or before, by `fill`.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self.texts: list[bytes] = []
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
        # The last of a dict is taken out at once, the first not: the records stand in turned order.
        self._unread = dict.fromkeys(reversed(session.ids()))
        self._unchecked = dict.fromkeys(reversed(session.ids()))
        session.subscribe(self._follow)

    def waiting(self, *, checked: bool = False) -> int:
        """How many records are still to be looked at; with ``checked``, for their findings, too."""
        return len(self._unread) + (len(self._unchecked) if checked else 0)

    def fill(self, *, checked: bool = False) -> Work[None]:
        """Look at the records that wait; with ``checked``, at their findings, too."""
        yield from self._go_through(self._unread, self._read, READ_AT_A_TIME)
        if checked:
            yield from self._checks.read_ahead()
            yield from self._go_through(self._unchecked, self._check, CHECKED_AT_A_TIME)

    def seen(self, record: RecordId) -> IndexedRecord:
        """A record for the functions of columns and search keys."""
        document = self._session.documents()[record]
        return IndexedRecord(record, document, self._session, self._checks)

    def _go_through(
        self, waiting: dict[RecordId, None], look: Callable[[IndexedRecord], None], at_a_time: int
    ) -> Work[None]:
        there = self._session.documents()
        while waiting:
            for _ in range(min(at_a_time, len(waiting))):
                record, _ = waiting.popitem()
                if record in there:
                    self._make_room(record)
                    look(self.seen(record))
            if waiting:
                yield len(there) - len(waiting), len(there)

    def _read(self, seen: IndexedRecord) -> None:
        self.texts[seen.id] = _text(seen)
        self._ask(seen, checked=False)

    def _check(self, seen: IndexedRecord) -> None:
        self._ask(seen, checked=True)

    def _ask(self, seen: IndexedRecord, *, checked: bool) -> None:
        for key_of, keys in self._columns[checked]:
            keys[seen.id] = key_of(seen)
        for values_of, tally in self._fields[checked]:
            tally.put(seen.id, tuple(values_of(seen)))

    def _make_room(self, record: RecordId) -> None:
        missing = record + 1 - len(self.texts)
        if missing > 0:
            self.texts += [b""] * missing
            for keys in self.keys.values():
                keys += [None] * missing

    def _follow(self, changed: Changed) -> None:
        self.version += 1
        self._unread |= dict.fromkeys(changed.records)
        self._unchecked |= dict.fromkeys(changed.records | self._checks.touched)


def folded(text: str) -> bytes:
    """A text without regard to case, in UTF-8.

    As `str.casefold`, at a tenth of its time where all but dashes and curly quotes is ASCII.
    """
    encoded = text.encode()
    beyond_ascii = len(encoded) - len(text)
    if beyond_ascii == 2 * encoded.count(_PUNCTUATION):
        return encoded.lower()
    return text.casefold().encode()


def _text(seen: IndexedRecord) -> bytes:
    """All that a record prints, the parts that are search keys of their own at the end."""
    kind = "fragment" if seen.document["kind"] == "fragment" else ""
    parts = [[kind, *printed_fields(seen.document, excluded=_PARTS_OF_THEIR_OWN)]]
    parts += [list(key.values(seen)) for key in TEXT_KEYS]
    return _BETWEEN.join([folded("\n".join(lines)) for lines in parts])


def part_of(text: bytes, key: SearchKey) -> bytes:
    """The part of a record's text that a search key looks at."""
    return text.split(_BETWEEN)[TEXT_KEYS.index(key) + 1]
