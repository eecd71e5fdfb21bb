"""The note below a field: an error, or the original value with a button to revert to it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.changes import ChangeKind
from mideditor.domain.one_line import one_line
from mideditor.session.edits.field_edit import last_change, original_text
from mideditor.ui.commands.key_words import KeyWords
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.elided_label import ElidedLabel
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

_MOST_SHOWN = 1_000
"""Characters of the original in the line: more than a screen is wide."""


class OriginalNote(QWidget):
    """Shows an error, or the original value with a button, or nothing.

    The button emits `revert_requested`.
    """

    revert_requested = Signal()

    def __init__(
        self, theme: Theme, keys: KeyWords, field_label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self._is_locked = False
        self._whole_original = ""
        self._original = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._original.setProperty("role", "quiet")
        self._original.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._error = QLabel()
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setWordWrap(True)
        self._error.setProperty("role", "error")
        self._kind_label = QLabel()
        self._kind_label.setProperty("role", "mark")
        self._button = QToolButton()
        self._button.setIconSize(QSize(14, 14))
        self._button.setFixedSize(20, 20)
        self._button.setAccessibleName(f"Take back {field_label} to the original")
        self._button.clicked.connect(self.revert_requested)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._kind_label)
        line.addWidget(self._original, 1)
        line.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._error)
        theme.changed.connect(self._recolour)
        keys.changed.connect(self._update_key_hint)
        self._recolour()
        self._update_key_hint()
        self.hide()

    @property
    def text(self) -> str:
        """The text of the note."""
        return self._error.text() or self._whole_original

    def show_error(self, message: str) -> None:
        """Show an error in the text of the field."""
        self._error.setText(message)
        self._show(is_error=True)

    def show_change(self, desk: Desk, field: str) -> None:
        """Show the original value of a field of the current record, or nothing if unchanged."""
        session, record = desk.session, desk.record_id
        kind = None if record is None else last_change(session, record, field)
        if record is None or kind is None:
            self.clear()
        else:
            self.show_original(f"was {original_text(session, record, field) or 'empty'}", kind)

    def show_original(self, original: str, kind: ChangeKind) -> None:
        """Show an original value and the kind of the last step that changed the field."""
        self._kind_label.setText(kind.label)
        self._kind_label.setProperty("kind", kind.value)
        self._kind_label.style().unpolish(self._kind_label)
        self._kind_label.style().polish(self._kind_label)
        self._fill(original)
        self._error.clear()
        self._show(is_error=False)

    def lock(self) -> None:
        """Hide the button: the original value is shown but cannot be restored."""
        self._is_locked = True

    def clear(self) -> None:
        """Hide the note."""
        self._error.clear()
        self._fill("")
        self.hide()

    def _fill(self, original: str) -> None:
        self._whole_original = original
        self._original.setText(one_line(original[:_MOST_SHOWN]))
        self._original.setToolTip(plain_tip(original) or "")

    def _show(self, *, is_error: bool) -> None:
        self._error.setVisible(is_error)
        for part in (self._kind_label, self._original, self._button):
            part.setVisible(not is_error and not (part is self._button and self._is_locked))
        self.show()

    def _update_key_hint(self) -> None:
        self._button.setToolTip(f"Take back to the original{self._keys.hint('take_back')}")

    def _recolour(self) -> None:
        self._button.setIcon(icon("take-back", self._theme.tokens.color("accent")))
