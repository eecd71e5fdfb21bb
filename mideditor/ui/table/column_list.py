"""A popup with the columns of the record table, to sort, show and hide them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy
from mideditor.session.table.sorting import by_in_words, order_in_words, position_in_order
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable
from mideditor.ui.kit.popup_frame import PopupFrame
from mideditor.ui.look.text_size import scaled

_FRAME = 6
_KEYS = "Enter sorts by a column alone, Shift+Enter by it as well. Space shows or hides it."


class ColumnModel(MarkedModel[Column]):
    """One row per column, marked if it is shown. The last shown column cannot be hidden."""

    hidden_changed = Signal(int, bool)

    def __init__(self, shown: Sequence[int], order: Sequence[SortedBy]) -> None:
        super().__init__(
            [
                ListColumn("Column", 150, lambda column: column.title),
                ListColumn("Sorted", 200, self._sorted),
            ]
        )
        self._order = order
        self.show_items(RECORD_COLUMNS)
        self.marked = set(shown)

    def show_order(self, order: Sequence[SortedBy]) -> None:
        """Show the current sort order."""
        self._order = order
        self.dataChanged.emit(self.index(0, 1), self.index(len(RECORD_COLUMNS) - 1, 1))

    @override
    def toggle(self, row: int) -> None:
        if self.marked == {row}:
            return
        super().toggle(row)
        self.hidden_changed.emit(row, row not in self.marked)

    def _sorted(self, column: Column) -> str:
        place = position_in_order(self._order, column)
        return "" if place is None else f"{place + 1}. {by_in_words(self._order[place])}"


class ColumnTable(MarkedTable):
    """`entered_row` carries the row on which Enter was pressed, and whether Shift was held."""

    entered_row = Signal(int, bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.entered_row.emit(self.currentIndex().row(), with_shift)
        else:
            super().keyPressEvent(event)


class ColumnList(PopupFrame):
    """Stays open until Esc, so that the user can sort by several columns.

    `sort_requested` carries a section and whether to add it to the sort order, `hidden_changed` a
    section and whether to hide it.
    """

    sort_requested = Signal(int, bool)
    hidden_changed = Signal(int, bool)

    def __init__(self, parent: QWidget, shown: Sequence[int], order: Sequence[SortedBy]) -> None:
        super().__init__(parent)
        self.model = ColumnModel(shown, order)
        self.table = ColumnTable(self.model, "Columns")
        self.summary = QLabel()
        self.summary.setProperty("role", "label")
        keys = QLabel(_KEYS)
        keys.setProperty("role", "quiet")
        keys.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        for widget in (self.summary, self.table, keys):
            layout.addWidget(widget)
        title = self.table.horizontalHeader().sizeHint().height()
        height = title + len(RECORD_COLUMNS) * self.table.rowHeight(0) + _FRAME
        self.table.setFixedSize(scaled(380), height)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.entered_row.connect(self.sort_requested)
        self.model.hidden_changed.connect(self.hidden_changed)
        self.show_order(order)

    def show_order(self, order: Sequence[SortedBy]) -> None:
        """Show the current sort order."""
        self.summary.setText(order_in_words(order))
        self.model.show_order(order)

    @override
    def initial_focus(self) -> QWidget:
        return self.table

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
