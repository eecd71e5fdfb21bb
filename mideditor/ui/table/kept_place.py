"""Where one was in the record table, kept by record id while its rows are laid anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from mideditor.domain.record import RecordId

if TYPE_CHECKING:
    from mideditor.ui.table.record_table import RecordTable

Select = QItemSelectionModel.SelectionFlag


class KeptPlace(QObject):
    """The chosen rows and the scroll place of one table.

    Rows that a filter hides are chosen again when it lets them come back, unless others were
    chosen meanwhile. The record on the desk stays at its height in the table if it was in sight,
    else the topmost record does; where that has gone, the next one that is left. Other rows of
    which none was chosen are shown from the first, where the place ``may_change``.
    """

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table
        self._chosen: list[RecordId] | None = None
        self._in_sight: list[tuple[RecordId, int]] = []
        self._column = 0
        self.may_change = False
        self._was_hidden = False
        self._restoring = False
        table.selectionModel().selectionChanged.connect(self._forget)

    def remember(self, current: RecordId | None) -> None:
        """Take note of what is chosen and in sight, before the rows go."""
        table = self._table
        if self._chosen is None:
            self._chosen = table.chosen_records()
        self._column = max(table.currentIndex().column(), 0)
        self._was_hidden = table.rows.row_of(current) is None
        self._in_sight = list(self._seen(current))

    def restore(self, current: RecordId | None) -> None:
        """Choose the rows again, and bring them back to their height."""
        here = self._table.rows.row_of(current)
        self._restoring = True
        self._choose(here)
        self._restoring = False
        self._table.executeDelayedItemsLayout()
        if self._was_hidden and here is not None:
            self._table.scrollTo(self._table.rows.index(here, 0))
        elif here is None and self.may_change:
            self._table.scrollToTop()
        else:
            self._scroll()
        self.may_change = False

    def _seen(self, current: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """The records in sight with their rows from the top, that on the desk first."""
        table = self._table
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        if first < 0:
            return
        until = table.rows.rowCount() if last < 0 else last + 1
        here = table.rows.row_of(current)
        if here is not None and first <= here < until:
            yield table.rows.record_at(here) or 0, here - first
        for row in range(first, until):
            yield table.rows.record_at(row) or 0, row - first

    def _choose(self, here: int | None) -> None:
        table, selection = self._table, self._table.selectionModel()
        rows = [row for one in self._chosen or () if (row := table.rows.row_of(one)) is not None]
        if here is not None and not rows:
            rows = [here]
        selection.select(_of_rows(table, rows), Select.ClearAndSelect)
        if here is not None:
            selection.setCurrentIndex(table.rows.index(here, self._column), Select.NoUpdate)

    def _scroll(self) -> None:
        for record, below_top in self._in_sight:
            row = self._table.rows.row_of(record)
            if row is not None:
                self._table.verticalScrollBar().setValue(row - below_top)
                return

    def _forget(self) -> None:
        if not self._restoring:
            self._chosen = None


def chosen_rows(selection: QItemSelection) -> list[int]:
    """The rows of a selection, each once and in their order."""
    parts = map(selection.at, range(selection.count()))
    return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})


def _of_rows(table: RecordTable, rows: Iterable[int]) -> QItemSelection:
    """These rows as a selection, those that follow one another in one piece."""
    selection, last = QItemSelection(), table.rows.columnCount() - 1
    for top, bottom in _pieces(sorted(rows)):
        selection.select(table.rows.index(top, 0), table.rows.index(bottom, last))
    return selection


def _pieces(rows: list[int]) -> Iterator[tuple[int, int]]:
    if not rows:
        return
    top = rows[0]
    for one, following in pairwise(rows):
        if following != one + 1:
            yield top, one
            top = following
    yield top, rows[-1]
