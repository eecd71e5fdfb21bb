"""A message bar across the window that never blocks it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

_SIGNS = {
    "failure": ("error", "error"),
    "notice": ("warning", "coding"),
    "done": ("commit", "accent"),
}


Remedy = tuple[str, Callable[[], object]]
"""The label of a button and its action."""


class Banner(QFrame):
    """Shows a result, a notice or an error until it is closed or replaced by another message.

    A message may have a button for its remedy.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._role = "notice"
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setObjectName("bannerText")
        self.remedy = QPushButton()
        self.remedy.setObjectName("wayOut")
        self.remedy.clicked.connect(self._run_remedy)
        self._action: Callable[[], object] | None = None
        self._close = QToolButton()
        self._close.setAccessibleName("Close the message")
        self._close.setToolTip("Close the message")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.remedy, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._recolour)
        self.hide()

    @property
    def text(self) -> str:
        """The message."""
        return self._text.text()

    def show_error(self, message: str, remedy: Remedy | None = None) -> None:
        """Show what went wrong and what to do about it."""
        self._show(message, "failure", remedy)

    def show_notice(self, message: str, remedy: Remedy | None = None) -> None:
        """Show something that the user should know."""
        self._show(message, "notice", remedy)

    def show_done(self, message: str) -> None:
        """Show what was done."""
        self._show(message, "done")

    def _run_remedy(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _show(self, message: str, role: str, remedy: Remedy | None = None) -> None:
        label, self._action = remedy or ("", None)
        self.remedy.setText(label)
        self.remedy.setVisible(remedy is not None)
        self._role = role
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(message)
        self._recolour()
        self.show()

    def _recolour(self) -> None:
        tokens = self._theme.tokens
        sign, role = _SIGNS[self._role]
        self._sign.setPixmap(icon(sign, tokens.color(role)).pixmap(QSize(18, 18)))
        self._close.setIcon(icon("remove", tokens.color("text-quiet")))
