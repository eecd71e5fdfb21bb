"""The interface of field editors, and the one-line editors: text, date, number and code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from mideditor.ui.kit.undo_keys import UndoKeys


class LineEditor(QLineEdit):
    """A line of text. `done` is emitted on Enter or when focus leaves it, `dismissed` on Esc."""

    done = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        UndoKeys(self)
        self.returnPressed.connect(self.done)

    def show_text(self, text: str) -> None:
        """Show a value and clear the editor's own undo stack."""
        self.setText(text)
        self.setCursorPosition(0)

    def typed_text(self) -> str:
        """The text in the editor."""
        return self.text()

    def mark_faulty(self, faulty: bool) -> None:
        """Show whether the text is not a valid value of the field."""
        mark(self, "faulty", faulty)

    def lock(self) -> None:
        """Make the editor read-only; the value can still be selected and copied."""
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
    """A code list. Text that is not in the list is shown as it is; blank means no value."""

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
        self.activated.connect(self._on_activated)

    def show_text(self, text: str) -> None:
        """Show a value of the list, or a text that is not in it."""
        self._unlisted = text if self.findText(text) < 0 else ""
        self.setPlaceholderText(text or "—")
        self.setCurrentIndex(self.findText(text))
        self.view().keyboardSearch("")  # resets the type-ahead search

    def typed_text(self) -> str:
        """The selected word, or the text that is not in the list."""
        return self.currentText() if self.currentIndex() >= 0 else self._unlisted

    def mark_faulty(self, faulty: bool) -> None:
        """Show whether the text is not a valid value of the field."""
        mark(self, "faulty", faulty)

    def lock(self) -> None:
        """Make the editor read-only."""
        self.setEnabled(False)

    @override
    def showPopup(self) -> None:
        self._popup_was_open = True
        super().showPopup()

    def _on_activated(self) -> None:
        """Commit a word picked in the popup at once; arrow keys commit when focus leaves."""
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
        """Leave the wheel to the form, so that scrolling never changes a code by accident."""
        event.ignore()


FieldEditor = LineEditor | CodeEditor

_TEMPORARY = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


def is_leaving(event: QFocusEvent) -> bool:
    """Whether focus has left a field for another, not for a popup, a menu or another window."""
    return event.reason() not in _TEMPORARY


def mark(widget: QWidget, name: str, on: bool) -> None:
    """Set or clear a property that the style sheet selects on, and repaint the widget."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
