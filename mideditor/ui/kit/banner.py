"""A message across the desk that waits to be read and asks nothing."""

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
"""What a button says, and what it does."""


class Banner(QFrame):
    """Shows what was done, a notice or an error until it is closed or another takes its place.

    A message may come with a button for the way out.
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
        self.remedy.clicked.connect(self._take_way_out)
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
        """What the banner says."""
        return self._text.text()

    def show_error(self, message: str, remedy: Remedy | None = None) -> None:
        """Say what went wrong and what to do."""
        self._show(message, "failure", remedy)

    def show_notice(self, message: str, remedy: Remedy | None = None) -> None:
        """Say something that the user should know of."""
        self._show(message, "notice", remedy)

    def show_done(self, message: str) -> None:
        """Say what has been done."""
        self._show(message, "done")

    def _take_way_out(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _show(self, message: str, role: str, remedy: Remedy | None = None) -> None:
        words, self._action = remedy or ("", None)
        self.remedy.setText(words)
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
