"""Marks in a text editor: drawn without touching the text, told on hover, followed with Ctrl."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip
from typing_extensions import override

from mideditor.domain.evidence import CharSpan
from mideditor.session.texts.text_marks import Mark, MarkKind, marks_at
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.kit.text_editor import TextEditor
from mideditor.ui.look.theme import Theme

_Line = QTextCharFormat.UnderlineStyle


@dataclass(frozen=True)
class Look:
    """The line under marked words, its colour, and the colours of words and ground if any."""

    line: QTextCharFormat.UnderlineStyle
    color: str
    words: str = ""
    ground: str = ""


LOOKS: dict[MarkKind, Look] = {
    MarkKind.EVIDENCE: Look(_Line.DashDotDotLine, "good", ground="raised"),
    MarkKind.DATE: Look(_Line.DotLine, "border-strong"),
    MarkKind.STATE: Look(_Line.DashUnderline, "border-strong"),
    MarkKind.REFERENCE: Look(_Line.SingleUnderline, "accent", words="accent"),
    MarkKind.DOUBT: Look(_Line.DashDotLine, "coding", ground="coding-ground"),
    MarkKind.SPELLING: Look(_Line.WaveUnderline, "error"),
}
_HIT = Look(_Line.SingleUnderline, "accent", ground="accent-ground")


class TextMarks(QObject):
    """Keeps an editor's marks up to date with its text.

    ``marks_of`` finds the marks of a text and ``tell`` gives the words of one. `followed` carries
    a mark that was clicked with Ctrl.
    """

    followed = Signal(object)

    def __init__(
        self,
        editor: TextEditor,
        theme: Theme,
        marks_of: Callable[[str], list[Mark]],
        tell: Callable[[Mark], str],
    ) -> None:
        super().__init__(editor)
        self.marks: Sequence[Mark] = ()
        self.hits: Sequence[CharSpan] = ()
        self._is_waiting = False
        self._editor = editor
        self._theme = theme
        self._marks_of = marks_of
        self._tell = tell
        editor.textChanged.connect(self.refresh)
        editor.viewport().installEventFilter(self)
        theme.changed.connect(self.draw)

    @contextmanager
    def found_once(self) -> Iterator[None]:
        """Find the marks at the end, and not after each of several changes of the text."""
        self._is_waiting = True
        try:
            yield
        finally:
            self._is_waiting = False
            self.refresh()

    def refresh(self) -> None:
        """Find the marks of the text as it is now, and draw them."""
        if self._is_waiting:
            return
        self.marks = self._marks_of(self._editor.typed_text())
        self.draw()

    def show_hits(self, hits: Sequence[CharSpan]) -> None:
        """Mark places that a search has found."""
        self.hits = hits
        self.draw()

    def at(self, position: int) -> list[Mark]:
        """The marks over a place in the text."""
        return marks_at(self.marks, position)

    def tip(self, position: int) -> str:
        """What the marks over a place have to tell."""
        return "\n".join(self._tell(mark) for mark in self.at(position))

    def draw(self) -> None:
        """Draw the marks in the colours of the theme."""
        drawn = [
            self._selection(mark.start, mark.end, LOOKS[mark.kind])
            for kind in MarkKind
            for mark in self.marks
            if mark.kind is kind
        ]
        drawn += [self._selection(start, end, _HIT) for start, end in self.hits]
        self._editor.setExtraSelections(drawn)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.tip(self._position(event.pos().x(), event.pos().y()))
            QToolTip.showText(event.globalPos(), plain_tip(tip) or "", self._editor)
            return True
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        return False

    def _take_mouse(self, event: QMouseEvent) -> bool:
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        place = event.position().toPoint()
        reference = self._reference(place.x(), place.y()) if with_ctrl else None
        if event.type() == QEvent.Type.MouseMove:
            hand, beam = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.IBeamCursor
            self._editor.viewport().setCursor(hand if reference else beam)
        is_click = event.type() == QEvent.Type.MouseButtonRelease
        if is_click and reference and event.button() == Qt.MouseButton.LeftButton:
            self.followed.emit(reference)
            return True
        return False

    def _reference(self, x: int, y: int) -> Mark | None:
        over = self.at(self._position(x, y))
        return next((mark for mark in over if mark.kind is MarkKind.REFERENCE), None)

    def _position(self, x: int, y: int) -> int:
        """The character under a point; -1 beside the text."""
        cursor = self._editor.cursorForPosition(QPoint(x, y))
        line = self._editor.cursorRect(cursor)
        near = abs(x - line.x()) <= line.height() and line.top() <= y <= line.bottom()
        return cursor.position() if near else -1

    def _selection(self, start: int, end: int, look: Look) -> QTextEdit.ExtraSelection:
        tokens = self._theme.tokens
        shape = QTextCharFormat()
        shape.setUnderlineStyle(look.line)
        shape.setUnderlineColor(tokens.color(look.color))
        if look.words:
            shape.setForeground(tokens.color(look.words))
        if look.ground:
            shape.setBackground(tokens.color(look.ground))
        cursor = QTextCursor(self._editor.document())
        last = self._editor.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = shape
        return selection
