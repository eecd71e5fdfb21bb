"""What every field's editor can do, and the editors that are one line: text, date, number, code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from mideditor.ui.kit.undo_keys import UndoKeys


class LineEditor(QLineEdit):
    """A line of text. `done` is emitted on leaving it or with Enter; Esc gives `dismissed`."""

    done = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        UndoKeys(self)
        self.returnPressed.connect(self.done)

    def show_text(self, text: str) -> None:
        """Show a value; the field's own undo begins afresh."""
        self.setText(text)
        self.setCursorPosition(0)

    def typed_text(self) -> str:
        """What stands in the editor."""
        return self.text()

    def mark_faulty(self, faulty: bool) -> None:
        """Show whether the text is no value of the field."""
        mark(self, "faulty", faulty)

    def lock(self) -> None:
        """Let the value be read and copied, not changed."""
        self.setReadOnly(True)

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


class CodeEditor(QComboBox):
    """A choice from a code list; text that is none of it shows as such. Blank is no value."""

    done = Signal()
    dismissed = Signal()

    def __init__(self, words: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(words)
        self.setMaxVisibleItems(len(words))
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._popup_was_open = False
        self._unlisted = ""
        self.activated.connect(self._chosen)

    def show_text(self, text: str) -> None:
        """Show a value of the list, or a text that is not in it."""
        self._unlisted = text if self.findText(text) < 0 else ""
        self.setPlaceholderText(text or "—")
        self.setCurrentIndex(self.findText(text))
        self.view().keyboardSearch("")  # begins a new search: letters typed before are forgotten

    def typed_text(self) -> str:
        """The word chosen."""
        return self.currentText() if self.currentIndex() >= 0 else self._unlisted

    def mark_faulty(self, faulty: bool) -> None:
        """Show whether the text is no value of the field."""
        mark(self, "faulty", faulty)

    def lock(self) -> None:
        """Let the value be read, not changed."""
        self.setEnabled(False)

    @override
    def showPopup(self) -> None:
        self._popup_was_open = True
        super().showPopup()

    def _chosen(self) -> None:
        """A word picked from the open list counts at once; arrow keys wait for leaving."""
        if self._popup_was_open:
            self._popup_was_open = False
            self.done.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_leaving(event):
            self.done.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._popup_was_open = False
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form; it never changes a code by chance."""
        event.ignore()


FieldEditor = LineEditor | CodeEditor

_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


def is_leaving(event: QFocusEvent) -> bool:
    """Whether a field is left for good, not for a list, a menu or another program's window."""
    return event.reason() not in _PASSING


def mark(widget: QWidget, name: str, on: bool) -> None:
    """Give a widget a look of the style sheet by the name of a property, or take it away."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
