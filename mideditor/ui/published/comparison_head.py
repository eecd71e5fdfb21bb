"""Above the comparison: which view is in front, with which tables, and how far the work is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mideditor.ui.kit.elided_label import ElidedLabel
from mideditor.ui.kit.switch import Switch
from mideditor.ui.kit.work_bar import WorkBar
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

TITLES = ("This record", "Matrix", "All differences")


class ComparisonHead(QWidget):
    """`turned` carries the place of a view; keys 1 to 3 turn to it anywhere in ``panel``.

    `stopped` tells that the running work is to stop, `tables_wanted` that others are to be chosen,
    `unwanted` that these are to be put away.
    """

    turned = Signal(int)
    stopped = Signal()
    tables_wanted = Signal()
    unwanted = Signal()

    def __init__(self, panel: QWidget, theme: Theme) -> None:
        super().__init__(panel)
        self._theme = theme
        self.switch = Switch("Show", TITLES, 1, panel, tab_to_each=True)
        self.told = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.notes = QLabel()
        self.progress = WorkBar()
        self.stop = QPushButton("Stop")
        self.choose = QPushButton("Tables…")
        self.away = QToolButton()
        self._shape()
        self._assemble()
        self.switch.switched.connect(self.turned)
        self.stop.clicked.connect(self.stopped)
        self.choose.clicked.connect(self.tables_wanted)
        self.away.clicked.connect(self.unwanted)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_rest("", "", there=False)

    def mark(self, place: int) -> None:
        """Mark the view in front."""
        self.switch.select(place)

    def show_rest(self, told: str, notes: str, *, there: bool) -> None:
        """Nothing is under way: say with which tables, and what is to be noted of them."""
        self.switch.setVisible(there)
        self.told.setText(told)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self.progress.hide()
        self.stop.hide()

    def show_work(self, what: str) -> None:
        """Say what is under way, with progress and a way to stop it."""
        self.told.setText(f"{what} …")
        self.progress.show()
        self.stop.show()

    def show_progress(self, done: int, total: int) -> None:
        """Say how much of it is done."""
        self.progress.show_progress(done, total)

    def _shape(self) -> None:
        self.told.setProperty("role", "quiet")
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setWordWrap(True)
        self.choose.setToolTip("Choose other tables to compare with")
        self.choose.setAccessibleName("Choose the published tables")
        self.away.setIconSize(QSize(16, 16))
        self.away.setToolTip("Put the published tables away")
        self.away.setAccessibleName("Put the published tables away")

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.switch)
        line.addWidget(self.told, 1)
        for widget in (self.progress, self.stop, self.choose, self.away):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self.notes)

    def _recolour(self) -> None:
        self.away.setIcon(icon("remove", self._theme.tokens.color("text-quiet")))
