"""Measures of sorting, searching and counting, against bare Python and Qt's own proxy model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.session.table.columns import RECORD_COLUMNS, SortedBy
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.table.search_keys import FACETS
from mideditor.session.work import run_now
from tests.benchmarks.stopwatch import Measured, scaled_limit, time_alternately, timed

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

_TIMES = 5
_WORD = "quarantine"
_SCAN = "needle in text"
_FIELDS = "outcome:unclear -state:2 year:1900..1969"
_PEER_COLUMN = "participants"


def table_measures(rows: RecordRows) -> Iterator[Measured]:
    """All measures of prepared rows."""
    yield from _sorting(rows)
    yield from _searching(rows)
    yield _counting(rows)
    yield from _by_proxy(rows)


def _sorting(rows: RecordRows) -> Iterator[Measured]:
    """By the most expensive column, and by two columns; the limit is scaled to the size."""
    ids = rows.session.ids()
    keys = {column.name: _of_each(rows.index.keys[column.name], rows) for column in RECORD_COLUMNS}
    size = len(ids)
    limit, target = scaled_limit(0.1, size), "≤ 100 ms for 100,000"
    by_column = {
        column.title: time_alternately(
            partial(_found, rows, "", [SortedBy(column)]),
            partial(sorted, keys[column.name]),
            _TIMES,
        )
        for column in RECORD_COLUMNS
    }
    ours, bare = max(by_column.values())
    what = "sort by the dearest column"
    yield Measured(what, size, ours, "sorted(keys)", bare, target, limit)
    first, second = RECORD_COLUMNS[3], RECORD_COLUMNS[1]
    pairs = list(zip(keys[first.name], keys[second.name], strict=True))
    by_two = partial(_found, rows, "", [SortedBy(first), SortedBy(second, descending=True)])
    ours, bare = time_alternately(by_two, partial(sorted, pairs), _TIMES)
    what = f"sort by {first.title}, then {second.title}"
    yield Measured(what, size, ours, "sorted(pairs of keys)", bare, target, limit)


def _searching(rows: RecordRows) -> Iterator[Measured]:
    """One letter, a whole word, each keystroke of the word, and conditions on fields."""
    ids = rows.session.ids()
    texts = _texts(rows)
    size = len(ids)
    for words in ("q", _WORD):
        ours, bare = _one_search(rows, texts, words)
        what = f"filter by “{words}”"
        yield Measured(what, size, ours, _SCAN, bare, "≤ 2 ×", 2 * bare)
    ours, bare = max(_narrowing(rows, texts), key=lambda pair: pair[0] / pair[1])
    what = f"the dearest keystroke from “q” to “{_WORD}”"
    yield Measured(what, size, ours, _SCAN, bare, "≤ 2 ×", 2 * bare)
    ours, bare = _one_search(rows, texts, _FIELDS)
    yield Measured("filter by three fields", size, ours, _SCAN, bare)


def _one_search(rows: RecordRows, texts: Sequence[str], line: str) -> tuple[float, float]:
    """The median; another search comes before each, so that no earlier result can be refined."""
    times = []
    for _ in range(_TIMES):
        _found(rows, "number:0")
        times.append(
            (timed(partial(_found, rows, line)), timed(partial(_scan, texts, line.split(":")[-1])))
        )
    return sorted(times)[_TIMES // 2]


def _narrowing(rows: RecordRows, texts: Sequence[str]) -> Iterator[tuple[float, float]]:
    """Each keystroke after the first, against a scan of all texts for the word typed so far.

    The word is typed three times; the median of each keystroke counts.
    """
    typed: list[list[tuple[float, float]]] = [[] for _ in _WORD[1:]]
    for _ in range(3):
        _found(rows, "number:0")
        _found(rows, _WORD[0])
        for end, times in enumerate(typed, start=2):
            word = _WORD[:end]
            times.append((timed(partial(_found, rows, word)), timed(partial(_scan, texts, word))))
    yield from (sorted(times)[1] for times in typed)


def _found(rows: RecordRows, line: str, order: Sequence[SortedBy] = ()) -> list[RecordId]:
    return run_now(rows.find(line, order))


def _scan(texts: Sequence[str], needle: str) -> list[bool]:
    return [needle in text for text in texts]


def _counting(rows: RecordRows) -> Measured:
    """All facets of all records, against counting the same values one by one."""
    ids = rows.session.ids()
    values = [_of_each(rows.index.tallies[key.name].values, rows) for key in FACETS]
    ours, bare = time_alternately(
        lambda: run_now(rows.count_facets("")),
        lambda: [Counter(chain.from_iterable(each)) for each in values],
        _TIMES,
    )
    limit, target = scaled_limit(0.05, len(ids)), "≤ 50 ms for 100,000"
    return Measured("count every facet", len(ids), ours, "Counter(values)", bare, target, limit)


def _texts(rows: RecordRows) -> list[str]:
    """The text of each record as a string, without the bytes that separate its fields."""
    of_each = _of_each(rows.index.texts, rows)
    return [text.decode("utf-8", "ignore") for text in of_each]


def _of_each(values: Sequence[Any], rows: RecordRows) -> list[Any]:
    """What the index has for each record, in source order."""
    return [values[row] for row in rows.index.rows()]


class _Plain(QAbstractTableModel):
    """A plain table model in Python with two columns of strings."""

    def __init__(self, columns: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._columns = columns

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return len(self._columns[0])

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[index.column()][index.row()]
        return None


def _by_proxy(rows: RecordRows) -> Iterator[Measured]:
    """Qt's proxy model sorts and filters the same rows once."""
    ids = rows.session.ids()
    texts = _texts(rows)
    model = _Plain((_of_each(rows.index.keys[_PEER_COLUMN], rows), texts))
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setFilterKeyColumn(1)
    (column,) = (column for column in RECORD_COLUMNS if column.name == _PEER_COLUMN)
    ours = timed(partial(_found, rows, "", [SortedBy(column)]))
    theirs = timed(partial(proxy.sort, 0))
    what = f"QSortFilterProxyModel sorts by {column.title}"
    yield Measured(what, len(ids), theirs, "the session", ours)
    proxy.sort(-1)
    _found(rows, "number:0")
    ours = timed(partial(_found, rows, _WORD))
    theirs = timed(partial(proxy.setFilterFixedString, _WORD))
    what = f"QSortFilterProxyModel filters by “{_WORD}”"
    yield Measured(what, len(ids), theirs, "the session", ours)
