"""The dialog to choose which differences of another copy to apply."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.counting import quantity
from mideditor.session.project.project_diff import FieldDiff
from mideditor.ui.desk.diff_table import DiffModel
from mideditor.ui.kit.marked_list import MarkedTable
from mideditor.ui.look.theme import Theme

_NOTE = (
    "What is marked becomes a step of the log, and can be undone. Space marks a row or takes its "
    "mark away. What was changed on both sides is not marked at first."
)


class MergeDialog(QDialog):
    """Lists differences with check boxes; the marked ones are applied."""

    def __init__(
        self, parent: QWidget, theme: Theme, source: str, differences: Sequence[FieldDiff]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Changes from outside")
        self.model = DiffModel(theme, "Here", "There", markable=True)
        self.model.show_items(differences)
        self.table = MarkedTable(self.model, "Differences")
        self._all = QPushButton("Mark &all")
        self._none = QPushButton("Mark &none")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._apply = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._assemble(source)
        self._connect()
        self._update_button()
        self.resize(900, 520)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    @property
    def marked(self) -> list[FieldDiff]:
        """The differences to apply."""
        return self.model.marked_items()

    def _assemble(self, source: str) -> None:
        count = len(self.model.items)
        heading = QLabel(f"{source}: {quantity(count, 'difference')}")
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        note = QLabel(_NOTE)
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        bottom = QHBoxLayout()
        bottom.addWidget(self._all)
        bottom.addWidget(self._none)
        bottom.addStretch()
        bottom.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(note)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._all.clicked.connect(lambda: self.model.mark_all(True))
        self._none.clicked.connect(lambda: self.model.mark_all(False))
        self.model.dataChanged.connect(lambda *_: self._update_button())

    def _update_button(self) -> None:
        marked = len(self.model.marked)
        self._apply.setText(f"Take {marked} over" if marked else "Take none, keep all")
