"""The record table without a window: which records it shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.record import RecordId
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from mideditor.session.table.columns import RecordRow, SortedBy
from mideditor.session.table.search_index import SearchIndex
from mideditor.session.table.searching import Facet, Search, understood
from mideditor.session.work import Work


class RecordRows:
    """The rows of a session's records: sorted by columns, narrowed by a search line.

    Sorting is stable from source order, so equal rows keep it. The words of a search line must all
    occur somewhere in the record's printed text, whatever the case; its fields as `Search` says.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self.session = session
        self._checks = checks
        self.prepared = SearchIndex(session, checks)
        self.search = Search(session, self.prepared)

    def row(self, record: RecordId) -> RecordRow:
        """The row of one record."""
        return RecordRow(
            self.session.record(record),
            lambda: len(self.session.changed_fields(record)),
            lambda: len(self._checks.of(record)),
        )

    def find(self, line: str = "", order: Sequence[SortedBy] = ()) -> Work[list[RecordId]]:
        """The records that a search line asks for, sorted by the first of ``order``.

        Rows equal in it are sorted by the next, and those equal in all keep source order. Progress
        counts records; where few are new to the index, there is none.
        """
        query = understood(line)
        found = list(self.session.ids())
        if query.terms:
            found = yield from self.search.find(query)
        if order:
            yield from self.prepared.fill(checked=any(by.column.checked for by in order))
        for by in reversed(order):
            keys = self.prepared.keys[by.column.name]
            found.sort(key=keys.__getitem__, reverse=by.descending)
        return found

    def count_facets(self, line: str) -> Work[dict[str, Facet]]:
        """The values of each facet, with their counts among what a search line asks for."""
        return self.search.count_facets(understood(line))

    def prepare(self, *, checked: bool = False) -> Work[None]:
        """Look at every record before it is first sorted or searched for."""
        return self.prepared.fill(checked=checked)
