"""Where one was in the record table, kept by record id while its rows are laid anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QTableView

from mideditor.domain.record import RecordId
from mideditor.ui.table.record_model import RecordTableModel

Select = QItemSelectionModel.SelectionFlag


class KeptPlace(QObject):
    """The chosen rows and the scroll place of one table.

    Rows that a filter hides are chosen again when it lets them come back, unless others were
    chosen meanwhile. The record on the desk stays at its height in the table if it was in sight,
    else the topmost record does; where that has gone, the next one that is left. Other rows of
    which none was chosen are shown from the first, where the place ``may_change``.
    """

    def __init__(self, view: QTableView, rows: RecordTableModel) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._chosen: list[RecordId] | None = None
        self._in_sight: list[tuple[RecordId, int]] = []
        self._column = 0
        self.may_change = False
        self._was_hidden = False
        self._restoring = False
        view.selectionModel().selectionChanged.connect(self._forget)

    def remember(self, current: RecordId | None) -> None:
        """Take note of what is chosen and in sight, before the rows go."""
        view = self._view
        if self._chosen is None:
            self._chosen = selected_records(view, self._rows)
        self._column = max(view.currentIndex().column(), 0)
        self._was_hidden = self._rows.row_of(current) is None
        self._in_sight = list(self._seen(current))

    def restore(self, current: RecordId | None) -> None:
        """Choose the rows again, and bring them back to their height."""
        here = self._rows.row_of(current)
        self._restoring = True
        self._choose(here)
        self._restoring = False
        self._view.executeDelayedItemsLayout()
        if self._was_hidden and here is not None:
            self._view.scrollTo(self._rows.index(here, 0))
        elif here is None and self.may_change:
            self._view.scrollToTop()
        else:
            self._scroll()
        self.may_change = False

    def _seen(self, current: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """The records in sight with their rows from the top, that on the desk first."""
        view = self._view
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        if first < 0:
            return
        until = self._rows.rowCount() if last < 0 else last + 1
        here = self._rows.row_of(current)
        if here is not None and first <= here < until:
            yield self._rows.record_at(here) or 0, here - first
        for row in range(first, until):
            yield self._rows.record_at(row) or 0, row - first

    def _choose(self, here: int | None) -> None:
        selection = self._view.selectionModel()
        rows = [row for one in self._chosen or () if (row := self._rows.row_of(one)) is not None]
        if here is not None and not rows:
            rows = [here]
        selection.select(_of_rows(self._rows, rows), Select.ClearAndSelect)
        if here is not None:
            selection.setCurrentIndex(self._rows.index(here, self._column), Select.NoUpdate)

    def _scroll(self) -> None:
        for record, below_top in self._in_sight:
            row = self._rows.row_of(record)
            if row is not None:
                self._view.verticalScrollBar().setValue(row - below_top)
                return

    def _forget(self) -> None:
        if not self._restoring:
            self._chosen = None


def selected_records(view: QTableView, rows: RecordTableModel) -> list[RecordId]:
    """The records of the rows that are selected, in the order of the table."""
    records = map(rows.record_at, chosen_rows(view.selectionModel().selection()))
    return [record for record in records if record is not None]


def chosen_rows(selection: QItemSelection) -> list[int]:
    """The rows of a selection, each once and in their order."""
    parts = map(selection.at, range(selection.count()))
    return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})


def _of_rows(model: RecordTableModel, rows: Iterable[int]) -> QItemSelection:
    """These rows as a selection, those that follow one another in one piece."""
    selection, last = QItemSelection(), model.columnCount() - 1
    for top, bottom in _pieces(sorted(rows)):
        selection.select(model.index(top, 0), model.index(bottom, last))
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
