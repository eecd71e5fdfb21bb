"""A dialog that compares two versions of a record and can restore the earlier one."""

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
    """Shows the fields that differ between two versions; `earlier` is the version to restore."""

    def __init__(self, parent: QWidget, theme: Theme, desk: Desk, record: RecordId) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{desk.title(record)} at two moments")
        self._desk = desk
        self._record = record
        self._versions = versions_of(desk.session, record)
        self.first = self._version_box("Earlier moment", 0)
        self.second = self._version_box("Later moment", len(self._versions) - 1)
        self.summary = QLabel()
        self.summary.setProperty("role", "label")
        self.model = DiffModel(theme, "Earlier", "Later", markable=False)
        self.table = MarkedTable(self.model, "What differs")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close
        )
        self.restore_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.restore_button.setText("Bring the earlier one back")
        self._assemble()
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(lambda _: self._show())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show()
        self.resize(scaled(860), scaled(500))

    @property
    def earlier(self) -> RecordVersion:
        """The version selected as the earlier one."""
        return self._versions[self.first.currentIndex()]

    def _version_box(self, name: str, row: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItems([str(version) for version in self._versions])
        box.setCurrentIndex(row)
        return box

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
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(note)
        layout.addWidget(self.buttons)

    def _show(self) -> None:
        later = self._versions[self.second.currentIndex()]
        found = version_diffs(self._desk.session, self._record, self.earlier, later)
        self.model.show_items(found)
        fields = quantity(len(found), "field differs", "fields differ")
        self.summary.setText(fields if found else "The record is the same at both moments.")
        now = self._versions[-1]
        changed = bool(version_diffs(self._desk.session, self._record, self.earlier, now))
        self.restore_button.setEnabled(changed and not self._desk.session.read_only)
