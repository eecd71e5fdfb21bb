"""The start page, shown while no project is open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mideditor.ui.look.icons import icon
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme

_ACTIONS = (
    ("sample", "Open the sample project", "A short chapter to try everything on"),
    ("new", "New project…", "An empty project to import chapters into"),
    ("import", "Import a chapter…", "Its text, read into a new project"),
    ("open", "Open a project…", "A .mid.json file"),
)
_BUTTON_WIDTH = 250


class Welcome(QWidget):
    """`selected` carries the name of an action: sample, new, import or open."""

    selected = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.buttons = {name: QPushButton(title) for name, title, _ in _ACTIONS}
        title = QLabel("mideditor")
        title.setProperty("role", "title")
        lead = QLabel("Correct and code chapters of militarized interstate disputes.")
        lead.setProperty("role", "quiet")
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(lead)
        column.addSpacing(14)
        for name, _, description in _ACTIONS:
            column.addLayout(self._row(name, description))
        column.addStretch(3)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(column)
        layout.addStretch(1)
        theme.changed.connect(self._recolour)
        self._recolour()

    def _row(self, name: str, description: str) -> QHBoxLayout:
        button = self.buttons[name]
        button.setProperty("role", "way")
        button.setMinimumWidth(_BUTTON_WIDTH)
        FollowTextSize(button, lambda _: button.setMinimumWidth(scaled(_BUTTON_WIDTH)))
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: self.selected.emit(name))
        label = QLabel(description)
        label.setProperty("role", "quiet")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(button)
        row.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _recolour(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icon(name, self._theme.tokens.color("accent")))
