"""The line under a field: what is wrong with it, or what it was and a way to take it back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from mideditor.ui.icons import icon
from mideditor.ui.theme import Theme


class OriginalNote(QWidget):
    """Shows an error, or the original value and a button that emits `taken_back`, or nothing."""

    taken_back = Signal()

    def __init__(self, theme: Theme, field_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = QLabel()
        self._mark.setProperty("role", "mark")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QToolButton()
        self._button.setIconSize(QSize(14, 14))
        self._button.setFixedSize(20, 20)
        self._button.setToolTip("Take back to the original (Ctrl+R)")
        self._button.setAccessibleName(f"Take back {field_label} to the original")
        self._button.clicked.connect(self.taken_back)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._mark, 1)
        head.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._text)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.text()

    def show_error(self, message: str) -> None:
        """Say what is wrong with the text in the field."""
        self._mark.hide()
        self._show(message, "error", can_take_back=False)

    def show_original(self, original: str, kind: str, kind_label: str) -> None:
        """Say what the field was first, and by which kind of step it became another."""
        self._mark.setText(kind_label)
        self._mark.setProperty("kind", kind)
        _restyle(self._mark)
        self._mark.show()
        self._show(f"was {original or 'empty'}", "quiet", can_take_back=True)

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._text.clear()
        self.hide()

    def _show(self, text: str, role: str, *, can_take_back: bool) -> None:
        self._text.setText(text)
        self._text.setProperty("role", role)
        _restyle(self._text)
        self._button.setVisible(can_take_back)
        self.show()

    def _recolour(self) -> None:
        self._button.setIcon(icon("take-back", self._theme.tokens.color("accent")))


def _restyle(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
