"""The record table without a window: which records it shows, and in what order."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.record import RecordId
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from mideditor.session.table.columns import RecordRow, SortedBy
from mideditor.session.table.search_index import SearchIndex
from mideditor.session.table.searching import Facet, Search, parse_query
from mideditor.session.work import Work


class RecordRows:
    """The rows of a session's records, sorted by columns and filtered by a search line.

    Equal rows keep their source order. All words of the search line must occur in the record's
    printed text, in upper or lower case; for conditions on fields see `Search`.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self.session = session
        self._checks = checks
        self.index = SearchIndex(session, checks)
        self.search = Search(session, self.index)

    def row(self, record: RecordId) -> RecordRow:
        """The row of one record."""
        return RecordRow(
            self.session.record(record),
            lambda: len(self.session.changed_fields(record)),
            lambda: len(self._checks.of(record)),
        )

    def find(self, line: str = "", order: Sequence[SortedBy] = ()) -> Work[list[RecordId]]:
        """The records that match a search line, sorted by ``order``, else in source order.

        The first column of ``order`` comes first, the next breaks ties. Progress counts records;
        there is none if only a few must be indexed.
        """
        query = parse_query(line)
        rows = list(self.index.rows())
        if query.terms:
            rows = yield from self.search.find_rows(query)
        if order:
            yield from self.index.fill(checked=any(by.column.checked for by in order))
        for by in reversed(order):
            keys = self.index.keys[by.column.name]
            rows.sort(key=keys.__getitem__, reverse=by.descending)
        return self.index.records(rows)

    def count_facets(self, line: str) -> Work[dict[str, Facet]]:
        """The values of each facet, with their counts among the records that match."""
        return self.search.count_facets(parse_query(line))

    def prepare(self, *, checked: bool = False) -> Work[None]:
        """Index every record before the first sort or search."""
        return self.index.fill(checked=checked)
