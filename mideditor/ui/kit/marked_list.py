"""A list with a check box in the first cell of each row; the mouse and Space toggle it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QTableView
from typing_extensions import override

from mideditor.ui.kit.list_model import Item, ListColumn, ListModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.model_index import Index

_UNCHECKABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class MarkedModel(ListModel[Item]):
    """One item per row; ``marked`` holds the checked row numbers."""

    def __init__(
        self,
        columns: Sequence[ListColumn[Item]],
        is_markable: Callable[[Item], bool] = lambda _: True,
    ) -> None:
        super().__init__(columns)
        self.is_markable = is_markable
        self.marked: set[int] = set()

    def marked_items(self) -> list[Item]:
        """The marked items, in row order."""
        return [self.items[row] for row in sorted(self.marked)]

    def toggle(self, row: int) -> None:
        """Mark or unmark a row, if it can be marked."""
        if 0 <= row < len(self.items) and self.is_markable(self.items[row]):
            self.marked ^= {row}
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def mark_all(self, marked: bool) -> None:
        """Mark every row that can be marked, or unmark all."""
        rows = {row for row, item in enumerate(self.items) if self.is_markable(item)}
        self.marked = rows if marked else set()
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, 0))

    @override
    def tip(self, item: Item, column: str) -> str | None:
        return None

    @override
    def font(self, item: Item, column: str) -> QFont | None:
        return None

    @override
    def color(self, item: Item, column: str) -> QColor | None:
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.CheckStateRole:
            return super().data(index, role)
        if index.column() or not self.is_markable(self.items[index.row()]):
            return None
        marked = index.row() in self.marked
        return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.column() or not self.is_markable(self.items[index.row()]):
            return _UNCHECKABLE
        return _UNCHECKABLE | Qt.ItemFlag.ItemIsUserCheckable


class MarkedTable(QTableView):
    """A table of markable rows; Space toggles the current row."""

    def __init__(self, model: MarkedModel[Any], name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        shape_table(self, (column.width for column in model.columns))
        self.horizontalHeader().setStretchLastSection(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._model.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
