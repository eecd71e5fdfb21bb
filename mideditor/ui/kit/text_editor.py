"""An editor for paragraphs of plain text; nothing in it is read as markup."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from mideditor.ui.kit.field_editor import is_leaving
from mideditor.ui.kit.undo_keys import UndoKeys
from mideditor.ui.look.text_size import FollowTextSize, text_scale

_LONGEST_LINE = "It is a truth universally acknowledged, that a single man in possession of a good "
"""The longest line: about 78 characters of running text."""

_MARGIN = 12
_LINE_HEIGHT = 132
"""Per cent of the font height."""


class TextEditor(QTextEdit):
    """One paragraph per block. `done` is emitted when focus leaves it, `dismissed` on Esc.

    ``gap`` is the space after a paragraph in pixels, ``points`` the font size at normal text size.
    `menu_opening` carries the context menu and its position in the text before it is shown.
    """

    done = Signal()
    dismissed = Signal()
    menu_opening = Signal(object, int)

    def __init__(self, points: float, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        UndoKeys(self)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._points = points
        self.document().setDocumentMargin(_MARGIN)
        self._block_format = QTextBlockFormat()
        self._block_format.setBottomMargin(gap)
        height = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        self._block_format.setLineHeight(_LINE_HEIGHT, height)
        self._scale_font()
        FollowTextSize(self, lambda _: self._scale_font())

    def show_text(self, text: str, caret: int = 0) -> None:
        """Show each line of ``text`` as a paragraph and clear the editor's own undo stack."""
        if text != self.typed_text() or self.document().isUndoAvailable():
            self.document().setUndoRedoEnabled(False)
            self.setPlainText(text)
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.setBlockFormat(self._block_format)
            self.document().setUndoRedoEnabled(True)
        elif caret == self.textCursor().position():
            return
        self.select_span(caret, caret)

    def select_span(self, start: int, end: int) -> None:
        """Select the characters from ``start`` to before ``end`` and scroll to them."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def replace_span(self, start: int, end: int, text: str) -> None:
        """Replace these characters as if typed, so that the editor's own undo covers it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def preferred_height(self, max_lines: int) -> int:
        """The height in pixels that shows the whole text, or at most ``max_lines`` of it."""
        line = QFontMetricsF(self.document().defaultFont()).height() * _LINE_HEIGHT / 100
        text = self.document().size().height()
        frame = 2 * self.frameWidth()
        return round(min(text, max_lines * line + 2 * _MARGIN)) + frame

    def typed_text(self) -> str:
        """The current text."""
        return self.toPlainText()

    def select_words(self, quote: str) -> None:
        """Select the first occurrence of a quote, if any; line breaks separate paragraphs."""
        at = self.toPlainText().find(quote) if quote else -1
        if at >= 0:
            self.select_span(at, at + len(quote))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read in a wide window."""
        self._limit_line_length()
        super().resizeEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        cursor = self.textCursor()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            cursor = self.cursorForPosition(event.pos())
        self.menu_opening.emit(menu, cursor.position())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_leaving(event):
            self.done.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text only; each line becomes a paragraph."""
        plain = source.text().replace("\r\n", "\n").replace("\r", "\n")
        self.insertPlainText(plain)

    def _scale_font(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(self._points * text_scale())
        self.document().setDefaultFont(font)
        self._limit_line_length()

    def _limit_line_length(self) -> None:
        line = QFontMetricsF(self.document().defaultFont()).horizontalAdvance(_LONGEST_LINE)
        spare = self.contentsRect().width() - round(line) - 2 * _MARGIN
        self.setViewportMargins(0, 0, max(0, spare), 0)
