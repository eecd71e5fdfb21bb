"""An editor of paragraphs of plain text: nothing in it is ever taken for markup."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from mideditor.ui.field_editor import is_leaving
from mideditor.ui.undo_keys import UndoKeys

_LONGEST_LINE = 120


class TextEditor(QTextEdit):
    """Paragraphs, one a block. `done` is emitted on leaving it; Esc gives `dismissed`.

    ``gap`` is the space after a paragraph in pixels, ``points`` the size of the type.
    """

    done = Signal()
    dismissed = Signal()

    def __init__(self, points: float, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        UndoKeys(self)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        font = QFont(self.font())
        font.setPointSizeF(points)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(12)
        self._block_format = QTextBlockFormat()
        self._block_format.setBottomMargin(gap)
        height = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        self._block_format.setLineHeight(135, height)

    def show_text(self, text: str) -> None:
        """Show paragraphs, one a line of ``text``; the field's own undo begins afresh."""
        if text == self.typed_text() and not self.document().isUndoAvailable():
            return
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self._block_format)
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def typed_text(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def choose_words(self, quote: str) -> None:
        """Select the words of a quote, if they stand here; a line break ends a paragraph."""
        at = self.toPlainText().find(quote) if quote else -1
        if at >= 0:
            cursor = self.textCursor()
            cursor.setPosition(at)
            cursor.setPosition(at + len(quote), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to read, however wide the window is."""
        spare = self.contentsRect().width() - self.fontMetrics().averageCharWidth() * _LONGEST_LINE
        self.setViewportMargins(0, 0, max(0, spare), 0)
        super().resizeEvent(event)

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
        """Paste takes the plain text only, with line breaks as paragraphs."""
        plain = source.text().replace("\r\n", "\n").replace("\r", "\n")
        self.insertPlainText(plain)
