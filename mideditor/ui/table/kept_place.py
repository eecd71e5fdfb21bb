"""Keeps the selection and scroll position of the record table, by record id, across resets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QTableView

from mideditor.domain.record import RecordId
from mideditor.ui.table.record_model import RecordTableModel

Select = QItemSelectionModel.SelectionFlag


class KeptPlace(QObject):
    """The selected rows and the scroll position of a table.

    Rows hidden by a filter are selected again when they come back, unless the user has selected
    others. The current record keeps its position in the viewport if it was visible, otherwise the
    topmost record does, or the next one that still exists. With ``may_change`` the table scrolls to
    the top if the current record is not in it.
    """

    def __init__(self, view: QTableView, rows: RecordTableModel) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._selected: list[RecordId] | None = None
        self._visible: list[tuple[RecordId, int]] = []
        self._column = 0
        self.may_change = False
        self._was_hidden = False
        self._restoring = False
        view.selectionModel().selectionChanged.connect(self._forget)

    def remember(self, current: RecordId | None) -> None:
        """Remember the selected and the visible records before the rows are reset."""
        view = self._view
        if self._selected is None:
            self._selected = selected_records(view, self._rows)
        self._column = max(view.currentIndex().column(), 0)
        self._was_hidden = self._rows.row_of(current) is None
        self._visible = list(self._visible_rows(current))

    def restore(self, current: RecordId | None) -> None:
        """Select the rows again and restore the scroll position."""
        current_row = self._rows.row_of(current)
        self._restoring = True
        self._select(current_row)
        self._restoring = False
        self._view.executeDelayedItemsLayout()
        if self._was_hidden and current_row is not None:
            self._view.scrollTo(self._rows.index(current_row, 0))
        elif current_row is None and self.may_change:
            self._view.scrollToTop()
        else:
            self._restore_scroll()
        self.may_change = False

    def _visible_rows(self, current: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """The visible records, the current one first, with their distance from the top in rows."""
        view = self._view
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        if first < 0:
            return
        end = self._rows.rowCount() if last < 0 else last + 1
        current_row = self._rows.row_of(current)
        if current_row is not None and first <= current_row < end:
            yield self._rows.record_at(current_row) or 0, current_row - first
        for row in range(first, end):
            yield self._rows.record_at(row) or 0, row - first

    def _select(self, current_row: int | None) -> None:
        selection = self._view.selectionModel()
        rows = [row for one in self._selected or () if (row := self._rows.row_of(one)) is not None]
        if current_row is not None and not rows:
            rows = [current_row]
        selection.select(_selection_of(self._rows, rows), Select.ClearAndSelect)
        if current_row is not None:
            selection.setCurrentIndex(self._rows.index(current_row, self._column), Select.NoUpdate)

    def _restore_scroll(self) -> None:
        for record, offset in self._visible:
            row = self._rows.row_of(record)
            if row is not None:
                self._view.verticalScrollBar().setValue(row - offset)
                return

    def _forget(self) -> None:
        if not self._restoring:
            self._selected = None


def selected_records(view: QTableView, rows: RecordTableModel) -> list[RecordId]:
    """The records of the rows that are selected, in the order of the table."""
    records = map(rows.record_at, selected_rows(view.selectionModel().selection()))
    return [record for record in records if record is not None]


def selected_rows(selection: QItemSelection) -> list[int]:
    """The distinct rows of a selection, sorted."""
    parts = map(selection.at, range(selection.count()))
    return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})


def _selection_of(model: RecordTableModel, rows: Iterable[int]) -> QItemSelection:
    """Rows as a selection, with one range per run of consecutive rows."""
    selection, last = QItemSelection(), model.columnCount() - 1
    for top, bottom in _ranges(sorted(rows)):
        selection.select(model.index(top, 0), model.index(bottom, last))
    return selection


def _ranges(rows: list[int]) -> Iterator[tuple[int, int]]:
    if not rows:
        return
    top = rows[0]
    for one, following in pairwise(rows):
        if following != one + 1:
            yield top, one
            top = following
    yield top, rows[-1]
