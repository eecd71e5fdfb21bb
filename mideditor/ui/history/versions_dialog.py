"""Two moments of a record side by side, and a way back to the earlier one."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.counting import quantity
from mideditor.domain.record import RecordId
from mideditor.session.log.record_versions import RecordVersion, version_diffs, versions_of
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.diff_table import DiffModel
from mideditor.ui.kit.marked_list import MarkedTable
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme

_NOTE = "Bringing the record back makes steps of the log like any others, which Undo takes back."


class VersionsDialog(QDialog):
    """Shows the fields in which two moments differ; `earlier` is the one to bring back."""

    def __init__(self, parent: QWidget, theme: Theme, desk: Desk, record: RecordId) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{desk.title(record)} at two moments")
        self._desk = desk
        self._record = record
        self._moments = versions_of(desk.session, record)
        self.first = self._choice("Earlier moment", 0)
        self.second = self._choice("Later moment", len(self._moments) - 1)
        self.told = QLabel()
        self.told.setProperty("role", "label")
        self.model = DiffModel(theme, "Earlier", "Later", markable=False)
        self.table = MarkedTable(self.model, "What differs")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close
        )
        self.back = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.back.setText("Bring the earlier one back")
        self._assemble()
        for choice in (self.first, self.second):
            choice.currentIndexChanged.connect(lambda _: self._show())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show()
        self.resize(scaled(860), scaled(500))

    @property
    def earlier(self) -> RecordVersion:
        """The moment chosen on the left."""
        return self._moments[self.first.currentIndex()]

    def _choice(self, name: str, chosen: int) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        choice.addItems([str(moment) for moment in self._moments])
        choice.setCurrentIndex(chosen)
        return choice

    def _assemble(self) -> None:
        form = QFormLayout()
        form.addRow("Earlier", self.first)
        form.addRow("Later", self.second)
        note = QLabel(_NOTE)
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addWidget(note)
        layout.addWidget(self.buttons)

    def _show(self) -> None:
        later = self._moments[self.second.currentIndex()]
        found = version_diffs(self._desk.session, self._record, self.earlier, later)
        self.model.show_items(found)
        fields = quantity(len(found), "field differs", "fields differ")
        self.told.setText(fields if found else "The record is the same at both moments.")
        now = self._moments[-1]
        changed = bool(version_diffs(self._desk.session, self._record, self.earlier, now))
        self.back.setEnabled(changed and not self._desk.session.read_only)
