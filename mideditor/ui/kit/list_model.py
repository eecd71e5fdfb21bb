"""A table model of a list: columns are data, and subclasses override how cells look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QColor, QFont
from typing_extensions import override

from mideditor.ui.kit.list_table import cell_alignment
from mideditor.ui.kit.model_index import NO_INDEX, Index

Item = TypeVar("Item")


@dataclass(frozen=True)
class ListColumn(Generic[Item]):
    """A column: title, width in pixels, and the function that gives an item's text."""

    title: str
    width: int
    text: Callable[[Item], str]
    right_aligned: bool = False


class ListModel(QAbstractTableModel, Generic[Item]):
    """One item per row. Subclasses define tool tip, colour and font."""

    def __init__(self, columns: Sequence[ListColumn[Item]]) -> None:
        super().__init__()
        self.columns = columns
        self.items: list[Item] = []

    def show_items(self, items: Sequence[Item]) -> None:
        """Replace the items."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def tip(self, item: Item, column: str) -> str | None:
        """The tool tip of a cell, or None."""
        raise NotImplementedError

    def color(self, item: Item, column: str) -> QColor | None:
        """The colour of a cell's text, or None."""
        raise NotImplementedError

    def font(self, item: Item, column: str) -> QFont | None:
        """The font of a cell's text, or None."""
        raise NotImplementedError

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.items)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self.items[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(item)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return cell_alignment(column.right_aligned)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(item, column.title)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.color(item, column.title)
        if role == Qt.ItemDataRole.FontRole:
            return self.font(item, column.title)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return cell_alignment(False)
        return None
