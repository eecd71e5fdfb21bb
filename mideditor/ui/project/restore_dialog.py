"""The dialog to restore a backup, with a preview of what would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.counting import quantity
from mideditor.domain.reports.backup_row import BackupRow
from mideditor.files.user_error import UserError
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.project.restoring import find_changes_back, list_backups, read_backup
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.diff_table import DiffModel
from mideditor.ui.kit.marked_list import MarkedTable
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme

_NOTE = "Going back is a step of the log like any other: nothing is erased, and Undo takes it back."


class RestoreDialog(QDialog):
    """Lists the backups, and every field that restoring the selected one would change.

    The backup is read in a worker thread and compared in slices; selecting another backup or
    closing the dialog drops that work.
    """

    def __init__(self, parent: QWidget, theme: Theme, desk: Desk) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore from backup")
        self._session = desk.session
        self._backups: Sequence[BackupRow] = list_backups(desk.session)
        self.reading = desk.scheduler.lane(self)
        self.comparing = desk.scheduler.lane(self)
        self.list = QListWidget()
        self.list.setObjectName("backups")
        self.list.setAccessibleName("Backups, the newest first")
        self.list.setFixedWidth(scaled(280))
        self.list.setSpacing(2)
        self.list.addItems([self._label(backup) for backup in self._backups])
        self.summary = QLabel()
        self.summary.setProperty("role", "label")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.model = DiffModel(theme, "Now", "In the backup", markable=False)
        self.table = MarkedTable(self.model, "What would change")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.restore_button = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.restore_button.setText("Restore")
        self._assemble()
        self.list.currentRowChanged.connect(self._show_preview)
        self.comparing.progressed.connect(self._show_progress)
        self.finished.connect(self._drop_work)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.resize(1060, 560)
        if self._backups:
            self.list.setCurrentRow(0)
        else:
            self._show_preview()
        self.list.setFocus()

    @property
    def selected(self) -> BackupRow | None:
        """The selected backup."""
        row = self.list.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def _assemble(self) -> None:
        note = QLabel(_NOTE)
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.summary)
        right.addWidget(self.table, 1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.list)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(columns, 1)
        layout.addWidget(note)
        layout.addWidget(self._buttons)

    def _label(self, backup: BackupRow) -> str:
        later = len(self._session.history.steps) - backup.steps
        ago = f"{quantity(later, 'step')} ago" if later else "the last step"
        return f"{backup.time.astimezone():%d %b %Y, %H:%M}  ·  {ago}"

    def _show_preview(self) -> None:
        self._drop_work()
        backup = self.selected
        self.model.show_items([])
        self.restore_button.setEnabled(False)
        if backup is None:
            self.summary.setText("There are no backups yet: each save makes one.")
            return
        self.summary.setText("Reading the backup …")
        self.reading.run_in_thread(
            read_backup(backup),
            lambda contents: self.comparing.run(
                find_changes_back(self._session, contents),
                self._show_changes,
                self._show_error,
                at_once=True,
            ),
            self._show_error,
        )

    def _show_progress(self, done: int, total: int) -> None:
        self.summary.setText(f"Comparing: {100 * done // max(total, 1)} %")

    def _show_changes(self, found: Sequence[FieldDiff]) -> None:
        self.model.show_items(found)
        self.restore_button.setEnabled(bool(found))
        self.summary.setText(_summarize(len(found)))

    def _show_error(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.summary.setText(str(error))

    def _drop_work(self) -> None:
        self.reading.drop()
        self.comparing.drop()


def _summarize(count: int) -> str:
    if not count:
        return "The records are as they were then: nothing would change."
    return f"{quantity(count, 'field')} would change"
