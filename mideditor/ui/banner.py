"""A message across the desk that waits to be read and asks nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from mideditor.ui.icons import icon
from mideditor.ui.theme import Theme

_SIGNS = {
    "trouble": ("error", "error"),
    "notice": ("warning", "coding"),
    "done": ("commit", "accent"),
}


class Banner(QFrame):
    """Shows what was done, a notice or a trouble until it is closed or another takes its place."""

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
        self._close = QToolButton()
        self._close.setAccessibleName("Close the message")
        self._close.setToolTip("Close the message")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._recolour)
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says."""
        return self._text.text()

    def show_trouble(self, message: str) -> None:
        """Say what went wrong and what to do."""
        self._show(message, "trouble")

    def show_notice(self, message: str) -> None:
        """Say something that the user should know of."""
        self._show(message, "notice")

    def show_done(self, message: str) -> None:
        """Say what has been done."""
        self._show(message, "done")

    def _show(self, message: str, role: str) -> None:
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
