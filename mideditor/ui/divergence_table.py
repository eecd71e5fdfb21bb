"""Where another state of the project differs, as a table whose rows can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QTableView
from typing_extensions import override

from mideditor.domain.excerpts import as_line, excerpts
from mideditor.session.diverging import Divergence
from mideditor.ui.list_model import Index, ListColumn, ListModel
from mideditor.ui.list_table import shape_table
from mideditor.ui.theme import Theme

_SHORT = 40
_NO_INDEX_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


def _in_cell(text: str, other: str) -> str:
    """A short text whole, of a long one what the other has not."""
    if not text:
        return "—"
    return text if len(text) <= _SHORT else as_line(excerpts(text, other, 1)[0])


def _state(one: Divergence) -> str:
    if not one.fits:
        return "no value of the field"
    return "changed here too" if one.both else ""


def columns(here: str, there: str) -> list[ListColumn[Divergence]]:
    """The columns, with what the two states are called."""
    return [
        ListColumn("Record", 110, lambda one: one.title),
        ListColumn("Field", 120, lambda one: one.label),
        ListColumn(here, 230, lambda one: _in_cell(one.here, one.there)),
        ListColumn(there, 230, lambda one: _in_cell(one.there, one.here)),
    ]


_STATE = ListColumn("", 130, _state)


class DivergenceModel(ListModel[Divergence]):
    """A row for each difference. With ``markable`` the first cell bears a mark to take it."""

    def __init__(self, theme: Theme, here: str, there: str, *, markable: bool) -> None:
        super().__init__([*columns(here, there), *([_STATE] if markable else [])])
        self._theme = theme
        self._markable = markable
        self.marked: set[int] = set()

    @override
    def show_items(self, items: Sequence[Divergence]) -> None:
        self.marked = {row for row, one in enumerate(items) if one.fits and not one.both}
        super().show_items(items)

    def chosen(self) -> list[Divergence]:
        """The differences that are marked."""
        return [self.items[row] for row in sorted(self.marked)]

    def switch(self, row: int) -> None:
        """Mark a row, or take its mark away; one whose value does not fit stays unmarked."""
        if self._markable and self.items[row].fits:
            self.marked ^= {row}
            self._tell(row, row)

    def mark_all(self, marked: bool) -> None:
        """Mark every row that can be taken, or none."""
        fitting = {row for row, one in enumerate(self.items) if one.fits}
        self.marked = fitting if marked else set()
        if self.items:
            self._tell(0, len(self.items) - 1)

    @override
    def tip(self, item: Divergence, column: str) -> str | None:
        return None

    @override
    def font(self, item: Divergence, column: str) -> QFont | None:
        return None

    @override
    def color(self, item: Divergence, column: str) -> QColor | None:
        tokens = self._theme.tokens
        if not item.fits:
            return tokens.color("text-quiet")
        return tokens.color("coding") if item.both and not column else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and self._markable and index.column() == 0:
            if not self.items[index.row()].fits:
                return None
            marked = index.row() in self.marked
            return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.switch(index.row())
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._markable and index.column() == 0 and self.items[index.row()].fits:
            return _NO_INDEX_FLAGS | Qt.ItemFlag.ItemIsUserCheckable
        return _NO_INDEX_FLAGS

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, 0))


class DivergenceTable(QTableView):
    """Shows the differences; Space marks the chosen row."""

    def __init__(self, model: DivergenceModel, name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setObjectName("divergences")
        self.setAccessibleName(name)
        shape_table(self, (column.width for column in model.columns))
        self.horizontalHeader().setStretchLastSection(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._model.switch(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
