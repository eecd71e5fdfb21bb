"""An editor of paragraphs of plain text: nothing in it is ever taken for markup."""

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
"""As long as a line may be: some 78 characters of running text."""

_MARGIN = 12
_LINE_HEIGHT = 132
"""Per cent of the height of the type."""


class TextEditor(QTextEdit):
    """Paragraphs, one a block. `done` is emitted on leaving it; Esc gives `dismissed`.

    ``gap`` is the space after a paragraph in pixels, ``points`` the size of the type at the normal
    text size. `menu_wanted` carries the menu of a place in the text before it is shown.
    """

    done = Signal()
    dismissed = Signal()
    menu_wanted = Signal(object, int)

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
        self._size_type()
        FollowTextSize(self, lambda _: self._size_type())

    def show_text(self, text: str, caret: int = 0) -> None:
        """Show paragraphs, one a line of ``text``; the field's own undo begins afresh."""
        if text != self.typed_text() or self.document().isUndoAvailable():
            self.document().setUndoRedoEnabled(False)
            self.setPlainText(text)
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.setBlockFormat(self._block_format)
            self.document().setUndoRedoEnabled(True)
        elif caret == self.textCursor().position():
            return
        self.choose(caret, caret)

    def choose(self, start: int, end: int) -> None:
        """Select the characters ``start`` to ``end`` (not included) and show them."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def retype(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in the place of these characters, as if typed: the field can undo it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def height_wanted(self, most: int) -> int:
        """The height in pixels that shows the whole text, or ``most`` lines of it."""
        line = QFontMetricsF(self.document().defaultFont()).height() * _LINE_HEIGHT / 100
        text = self.document().size().height()
        frame = 2 * self.frameWidth()
        return round(min(text, most * line + 2 * _MARGIN)) + frame

    def typed_text(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def choose_words(self, quote: str) -> None:
        """Select the words of a quote, if they stand here; a line break ends a paragraph."""
        at = self.toPlainText().find(quote) if quote else -1
        if at >= 0:
            self.choose(at, at + len(quote))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to read, however wide the window is."""
        self._keep_measure()
        super().resizeEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        place = self.textCursor()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            place = self.cursorForPosition(event.pos())
        self.menu_wanted.emit(menu, place.position())
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
        """Paste takes the plain text only, with line breaks as paragraphs."""
        plain = source.text().replace("\r\n", "\n").replace("\r", "\n")
        self.insertPlainText(plain)

    def _size_type(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(self._points * text_scale())
        self.document().setDefaultFont(font)
        self._keep_measure()

    def _keep_measure(self) -> None:
        line = QFontMetricsF(self.document().defaultFont()).horizontalAdvance(_LONGEST_LINE)
        spare = self.contentsRect().width() - round(line) - 2 * _MARGIN
        self.setViewportMargins(0, 0, max(0, spare), 0)
