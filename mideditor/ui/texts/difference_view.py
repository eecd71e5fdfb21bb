"""A view of two versions of a text: removed words struck through, added ones underlined."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from typing_extensions import override

from mideditor.domain.word_differences import RunKind, word_runs
from mideditor.ui.kit.text_editor import TextEditor
from mideditor.ui.look.theme import Theme

_END_OF_PARAGRAPH = "¶"


class DifferenceView(TextEditor):
    """Shows two texts merged into one, read-only. Esc emits `closed`."""

    closed = Signal()

    def __init__(self, points: float, gap: int, theme: Theme, name: str) -> None:
        super().__init__(points, gap)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setObjectName("difference")
        self.setAccessibleName(f"{name}: difference against the original, read only")
        self._theme = theme
        self._texts = ("", "")
        theme.changed.connect(self._draw)

    def show_difference(self, old: str, new: str) -> None:
        """Show the differences between two texts."""
        if (old, new) != self._texts:
            self._texts = (old, new)
            self._draw()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self.show_text("")
        cursor = self.textCursor()
        for kind, text in word_runs(*self._texts):
            shown = text.replace("\n", f"{_END_OF_PARAGRAPH}\n") if kind is RunKind.ADDED else text
            if kind is RunKind.REMOVED:
                shown = text.replace("\n", f" {_END_OF_PARAGRAPH} ").rstrip(" ")
            cursor.insertText(shown, self._format(kind))
        self.select_span(0, 0)

    def _format(self, kind: RunKind) -> QTextCharFormat:
        tokens = self._theme.tokens
        shape = QTextCharFormat()
        shape.setForeground(tokens.color("text"))
        if kind is RunKind.REMOVED:
            shape.setFontStrikeOut(True)
            shape.setForeground(tokens.color("error"))
            shape.setBackground(tokens.color("error-ground"))
        elif kind is RunKind.ADDED:
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            shape.setForeground(tokens.color("correction"))
            shape.setBackground(tokens.color("correction-ground"))
        return shape
