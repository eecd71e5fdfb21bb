"""The cells of the record table, painted at a third of what Qt's own delegate takes.

Qt lays out each text anew whenever it comes into sight: with that a page of rows took longer than a
frame of the screen. Here a text is laid out once, and kept while it is likely to come again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from mideditor.session.columns import COLUMNS
from mideditor.ui.theme import Theme

if TYPE_CHECKING:
    from mideditor.ui.record_table import RecordTable

_BESIDE = 11
"""Pixels to the left and right of a text."""

_KEPT = 5000
"""Texts kept. The oldest goes when a new one comes: to drop all at once takes several frames."""

_RIGHT = tuple(column.numeric for column in COLUMNS)


class RecordCells(QStyledItemDelegate):
    """Paints the texts of the rows in the colours of the theme.

    Cells keep their colours in the chosen row. Where several rows are chosen, that of the record
    on the desk is in bold.
    """

    def __init__(self, table: RecordTable, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._theme = theme
        self.laid_out = lru_cache(_KEPT)(self._lay_out)
        self.begin_anew()
        theme.changed.connect(self.begin_anew)

    def begin_anew(self) -> None:
        """Take the colours of the theme and the font of the table as they are now."""
        self.laid_out.cache_clear()
        tokens = self._theme.tokens
        self._text, self._chosen_text, self._chosen, self._edge = map(
            tokens.color, ("text", "selection-text", "selection", "selection-edge")
        )
        font = self._table.font()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        self._fonts = font, bold

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, section, rect, table = index.row(), index.column(), option.rect, self._table
        is_chosen = table.selectionModel().isSelected(index)
        is_bold = table.has_several and row == table.currentIndex().row()
        if is_chosen:
            painter.fillRect(rect, self._edge)
            painter.fillRect(rect.adjusted(0, 1, 0, -1), self._chosen)
        left, room = rect.left() + _BESIDE, rect.width() - 2 * _BESIDE
        text = self.laid_out(table.rows.text_at(row, section), room, is_bold)
        size = text.size()
        painter.setFont(self._fonts[is_bold])
        painter.setPen(
            table.rows.colour_at(row, section) or (self._chosen_text if is_chosen else self._text)
        )
        if _RIGHT[section]:
            left += room - round(size.width())
        painter.drawStaticText(left, rect.top() + round((rect.height() - size.height()) / 2), text)

    def _lay_out(self, text: str, width: int, is_bold: bool) -> QStaticText:
        """A text on one line, cut where it is wider than so many pixels."""
        font = self._fonts[is_bold]
        line = " ".join(text.split("\n"))
        shown = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, width)
        laid_out = QStaticText(shown)
        laid_out.setTextFormat(Qt.TextFormat.PlainText)
        laid_out.prepare(font=font)
        return laid_out
