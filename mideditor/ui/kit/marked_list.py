"""A list whose rows can be marked in their first cell, with the mouse or with Space."""

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

_SHOWN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class MarkedModel(ListModel[Item]):
    """Items, one a row; ``marked`` are the rows that bear a mark."""

    def __init__(
        self,
        columns: Sequence[ListColumn[Item]],
        can_be_marked: Callable[[Item], bool] = lambda _: True,
    ) -> None:
        super().__init__(columns)
        self.can_be_marked = can_be_marked
        self.marked: set[int] = set()

    def chosen(self) -> list[Item]:
        """The marked items, in their order."""
        return [self.items[row] for row in sorted(self.marked)]

    def switch(self, row: int) -> None:
        """Mark a row that can be, or take its mark away."""
        if 0 <= row < len(self.items) and self.can_be_marked(self.items[row]):
            self.marked ^= {row}
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def mark_all(self, marked: bool) -> None:
        """Mark every row that can be, or none."""
        rows = {row for row, item in enumerate(self.items) if self.can_be_marked(item)}
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
        if index.column() or not self.can_be_marked(self.items[index.row()]):
            return None
        marked = index.row() in self.marked
        return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.switch(index.row())
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.column() or not self.can_be_marked(self.items[index.row()]):
            return _SHOWN
        return _SHOWN | Qt.ItemFlag.ItemIsUserCheckable


class MarkedTable(QTableView):
    """Shows the rows; Space marks the chosen one."""

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
            self._model.switch(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
