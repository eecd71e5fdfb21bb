"""The head of the comparison: the choice of view, the tables, and progress."""

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
    """`view_selected` carries the index of a view; keys 1 to 3 select it anywhere in ``panel``.

    `stop_requested`, `tables_requested` and `close_requested` are emitted by the buttons that stop
    the running work, select other tables, and close the tables.
    """

    view_selected = Signal(int)
    stop_requested = Signal()
    tables_requested = Signal()
    close_requested = Signal()

    def __init__(self, panel: QWidget, theme: Theme) -> None:
        super().__init__(panel)
        self._theme = theme
        self.switch = Switch("Show", TITLES, 1, panel, tab_to_each=True)
        self.summary = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.notes = QLabel()
        self.progress = WorkBar()
        self.stop = QPushButton("Stop")
        self.tables_button = QPushButton("Tables…")
        self.close_button = QToolButton()
        self._shape()
        self._assemble()
        self.switch.switched.connect(self.view_selected)
        self.stop.clicked.connect(self.stop_requested)
        self.tables_button.clicked.connect(self.tables_requested)
        self.close_button.clicked.connect(self.close_requested)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_idle("", "", has_tables=False)

    def select_view(self, index: int) -> None:
        """Show which view is in front."""
        self.switch.select(index)

    def show_idle(self, summary: str, notes: str, *, has_tables: bool) -> None:
        """Show the tables in use and notes on them; no work is running."""
        self.switch.setVisible(has_tables)
        self.summary.setText(summary)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self.progress.hide()
        self.stop.hide()

    def show_work(self, what: str) -> None:
        """Show the label of the running work, with progress and the button to stop it."""
        self.summary.setText(f"{what} …")
        self.progress.show()
        self.stop.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` is done."""
        self.progress.show_progress(done, total)

    def _shape(self) -> None:
        self.summary.setProperty("role", "quiet")
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setWordWrap(True)
        self.tables_button.setToolTip("Choose other tables to compare with")
        self.tables_button.setAccessibleName("Choose the published tables")
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip("Put the published tables away")
        self.close_button.setAccessibleName("Put the published tables away")

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.switch)
        line.addWidget(self.summary, 1)
        for widget in (self.progress, self.stop, self.tables_button, self.close_button):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self.notes)

    def _recolour(self) -> None:
        self.close_button.setIcon(icon("remove", self._theme.tokens.color("text-quiet")))
