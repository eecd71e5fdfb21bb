"""Marks in a text editor, drawn as extra selections, with tool tips and links."""

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
    """The look of a mark: underline, its colour, and optional text and background colours."""

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
    """Keeps the marks of an editor up to date with its text.

    ``marks_of`` finds the marks in a text, ``describe`` gives the tool tip of a mark. `followed`
    carries a reference that was clicked with Ctrl.
    """

    followed = Signal(object)

    def __init__(
        self,
        editor: TextEditor,
        theme: Theme,
        marks_of: Callable[[str], list[Mark]],
        describe: Callable[[Mark], str],
    ) -> None:
        super().__init__(editor)
        self.marks: Sequence[Mark] = ()
        self.hits: Sequence[CharSpan] = ()
        self._is_deferred = False
        self._editor = editor
        self._theme = theme
        self._marks_of = marks_of
        self._describe = describe
        editor.textChanged.connect(self.refresh)
        editor.viewport().installEventFilter(self)
        theme.changed.connect(self.draw)

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Defer finding the marks to the end of several changes of the text."""
        self._is_deferred = True
        try:
            yield
        finally:
            self._is_deferred = False
            self.refresh()

    def refresh(self) -> None:
        """Find and draw the marks in the current text."""
        if self._is_deferred:
            return
        self.marks = self._marks_of(self._editor.typed_text())
        self.draw()

    def show_hits(self, hits: Sequence[CharSpan]) -> None:
        """Highlight search matches."""
        self.hits = hits
        self.draw()

    def at(self, position: int) -> list[Mark]:
        """The marks at a position of the text."""
        return marks_at(self.marks, position)

    def tip(self, position: int) -> str:
        """The tool tip for the marks at a position."""
        return "\n".join(self._describe(mark) for mark in self.at(position))

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
            return self._handle_mouse(event)
        return False

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        point = event.position().toPoint()
        reference = self._reference(point.x(), point.y()) if with_ctrl else None
        if event.type() == QEvent.Type.MouseMove:
            hand, beam = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.IBeamCursor
            self._editor.viewport().setCursor(hand if reference else beam)
        is_click = event.type() == QEvent.Type.MouseButtonRelease
        if is_click and reference and event.button() == Qt.MouseButton.LeftButton:
            self.followed.emit(reference)
            return True
        return False

    def _reference(self, x: int, y: int) -> Mark | None:
        marks = self.at(self._position(x, y))
        return next((mark for mark in marks if mark.kind is MarkKind.REFERENCE), None)

    def _position(self, x: int, y: int) -> int:
        """The text position at a point; -1 outside the text."""
        cursor = self._editor.cursorForPosition(QPoint(x, y))
        line = self._editor.cursorRect(cursor)
        is_near = abs(x - line.x()) <= line.height() and line.top() <= y <= line.bottom()
        return cursor.position() if is_near else -1

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
