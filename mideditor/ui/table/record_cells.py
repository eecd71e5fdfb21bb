"""The cells of the record table, painted at a third of what Qt's own delegate takes.

Qt's own asks the model for seven things of each cell and fits the text into it at each paint: with
that a page of rows took longer than a frame of the screen. Here a text is fitted once, and kept
while it is likely to come again.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.look.theme import Theme
from mideditor.ui.table.record_model import RecordTableModel

_BESIDE = 11
"""Pixels to the left and right of a text."""

_KEPT = 5000
"""Texts kept as they were fitted."""

_RIGHT = tuple(column.numeric for column in RECORD_COLUMNS)


class RecordCells(QStyledItemDelegate):
    """Paints the texts of the rows in the colours of the theme.

    Cells keep their colours in a selected row. ``has_several`` tells that several rows are
    selected: then the current one is bold.
    """

    def __init__(self, view: QTableView, rows: RecordTableModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self.has_several = False
        self._theme = theme
        self.fitted = lru_cache(_KEPT)(self._fit)
        self.begin_anew()
        theme.changed.connect(self.begin_anew)

    def begin_anew(self) -> None:
        """Take the colours of the theme and the font of the table as they are now."""
        self.fitted.cache_clear()
        tokens = self._theme.tokens
        self._text, self._chosen_text, self._chosen, self._edge = map(
            tokens.color, ("text", "selection-text", "selection", "selection-edge")
        )
        font = self._view.font()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        self._fonts = font, bold
        metrics = QFontMetrics(font)
        self._above = metrics.ascent() - metrics.descent()

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, section, rect, view = index.row(), index.column(), option.rect, self._view
        is_chosen = view.selectionModel().isSelected(index)
        is_bold = self.has_several and row == view.currentIndex().row()
        if is_chosen:
            painter.fillRect(rect, self._edge)
            painter.fillRect(rect.adjusted(0, 1, 0, -1), self._chosen)
        left, room = rect.left() + _BESIDE, rect.width() - 2 * _BESIDE
        text, width = self.fitted(self._rows.text_at(row, section), room, is_bold)
        painter.setFont(self._fonts[is_bold])
        painter.setPen(
            self._rows.colour_at(row, section) or (self._chosen_text if is_chosen else self._text)
        )
        if _RIGHT[section]:
            left += room - width
        painter.drawText(left, rect.top() + (rect.height() + self._above) // 2, text)

    def _fit(self, text: str, room: int, is_bold: bool) -> tuple[str, int]:
        """A text on one line, cut where it has not so many pixels of room; and its width."""
        font = QFontMetrics(self._fonts[is_bold])
        line = " ".join(text.split("\n"))
        shown = font.elidedText(line, Qt.TextElideMode.ElideRight, room)
        return shown, font.horizontalAdvance(shown)
