"""All questions to the user, behind one object that a test can answer for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QSpinBox,
    QWidget,
)

from mideditor import __version__
from mideditor.domain.record import RecordId
from mideditor.domain.reports.backup_row import BackupRow
from mideditor.files.project_name import PROJECT_SUFFIX
from mideditor.session.checks.fixes import FieldValues
from mideditor.session.log.record_versions import RecordVersion
from mideditor.session.project.project_diff import FieldDiff
from mideditor.ui.commands.keys import Keys
from mideditor.ui.commands.shortcuts_dialog import ShortcutsDialog
from mideditor.ui.desk.desk import Desk
from mideditor.ui.findings.fixes_dialog import FixesDialog
from mideditor.ui.history.reasons_dialog import GivenReason, ReasonsDialog
from mideditor.ui.history.versions_dialog import VersionsDialog
from mideditor.ui.look.theme import Theme
from mideditor.ui.project.merge_dialog import MergeDialog
from mideditor.ui.project.restore_dialog import RestoreDialog
from mideditor.ui.table.bulk_edit_dialog import BulkEdit, BulkEditDialog

_PROJECTS = f"mideditor projects (*{PROJECT_SUFFIX})"
_TEXTS = "Texts (*.txt);;All files (*)"
_TABLES = "Tables (*.csv *.tsv *.txt);;All files (*)"
_REPORTS = "Web page (*.html);;Table (*.csv);;JSON (*.json);;Text (*.txt)"
_EXPORTS = "Clean text (*.txt);;JSON (*.json)"


class Dialogs:
    """Asks for files and names. Every method returns None where the user thinks better of it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def new_project(self, folder: Path) -> Path | None:
        """Where to make a new project."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, "New project", str(folder / f"chapter{PROJECT_SUFFIX}"), _PROJECTS
        )
        return with_suffix(Path(name)) if name else None

    def project_to_open(self, folder: Path) -> Path | None:
        """Which project to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open project", str(folder), f"{_PROJECTS};;All files (*)"
        )
        return Path(name) if name else None

    def save_as(self, path: Path) -> Path | None:
        """Where to write the project to, beside where it is now."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as", str(path), _PROJECTS)
        return with_suffix(Path(name)) if name else None

    def copy_to_merge(self, folder: Path) -> Path | None:
        """Which other copy of the project to merge."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Merge another copy", str(folder), f"{_PROJECTS};;All files (*)"
        )
        return Path(name) if name else None

    def picture_target(self, suggestion: Path) -> Path | None:
        """Where to write a picture."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save the picture", str(suggestion), "Pictures (*.png *.jpg)"
        )
        return Path(name) if name else None

    def backup_to_restore(self, theme: Theme, desk: Desk) -> BackupRow | None:
        """Which backup to go back to."""
        dialog = RestoreDialog(self._window, theme, desk)
        return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None

    def differences_to_apply(
        self, theme: Theme, source: str, found: Sequence[FieldDiff]
    ) -> list[FieldDiff] | None:
        """Which differences to take over; [] leaves them all, None decides nothing."""
        dialog = MergeDialog(self._window, theme, source, found)
        return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None

    def bulk_edit(self, desk: Desk, records: Sequence[RecordId]) -> BulkEdit | None:
        """Which field of the chosen records to set to what, and why."""
        dialog = BulkEditDialog(self._window, desk, records)
        return dialog.wanted if dialog.exec() == QDialog.DialogCode.Accepted else None

    def version_to_restore(self, theme: Theme, desk: Desk) -> RecordVersion | None:
        """Which moment of the record on the desk to bring back; None for none."""
        dialog = VersionsDialog(self._window, theme, desk, desk.record_id or 0)
        return dialog.earlier if dialog.exec() == QDialog.DialogCode.Accepted else None

    def missing_reason(self, desk: Desk) -> GivenReason | None:
        """Which coding changes to give the reason that they owe, and which reason."""
        dialog = ReasonsDialog(self._window, desk)
        return dialog.given if dialog.exec() == QDialog.DialogCode.Accepted else None

    def close_unsaved(self, message: str) -> str:
        """What to do with a project that cannot be saved: 'save as', 'close' or '' to go back."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Not saved")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(message)
        back = box.addButton("Go back", QMessageBox.ButtonRole.RejectRole)
        elsewhere = box.addButton("Save as…", QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton("Close, keep the journal", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(elsewhere)
        box.setEscapeButton(back)
        box.exec()
        answers = {elsewhere: "save as", leave: "close"}
        return next((word for button, word in answers.items() if box.clickedButton() is button), "")

    def texts_to_import(self, folder: Path) -> list[Path]:
        """Which texts to import; none where cancelled."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Import chapter texts", str(folder), _TEXTS
        )
        return [Path(name) for name in names]

    def published_tables(self, folder: Path) -> list[Path]:
        """Which published tables to compare with; none where cancelled."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Table of disputes, and table of participants", str(folder), _TABLES
        )
        return [Path(name) for name in names]

    def report_target(self, suggestion: Path) -> Path | None:
        """Where to write the report of the comparison; its ending says in which format."""
        return self._report("Report of the comparison", suggestion)

    def findings_target(self, suggestion: Path) -> Path | None:
        """Where to write the report of the findings; its ending says in which format."""
        return self._report("Report of the findings", suggestion)

    def fixes_to_make(
        self, desk: Desk, rule: str, values: FieldValues
    ) -> tuple[FieldValues, str] | None:
        """Which of the certain fixes of a rule to make, and why."""
        dialog = FixesDialog(self._window, desk, rule, values)
        return dialog.wanted if dialog.exec() == QDialog.DialogCode.Accepted else None

    def state_list(self, told: str, is_own: bool) -> str:
        """What to do about the list of states: 'another', 'bundled' or '' to leave it."""
        box = QMessageBox(self._window)
        box.setWindowTitle("State list")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(told)
        box.setInformativeText(
            "It gives the names of states and the dates of their membership. A table of your own "
            "can have our columns or those of the Correlates of War list."
        )
        leave = box.addButton("Leave it", QMessageBox.ButtonRole.RejectRole)
        another = box.addButton("Take another list…", QMessageBox.ButtonRole.AcceptRole)
        bundled = box.addButton("Take the program’s again", QMessageBox.ButtonRole.ActionRole)
        bundled.setEnabled(is_own)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        box.exec()
        answers = {another: "another", bundled: "bundled"}
        return next((word for button, word in answers.items() if box.clickedButton() is button), "")

    def state_list_file(self, folder: Path) -> Path | None:
        """Which file has the list of states to take."""
        name, _ = QFileDialog.getOpenFileName(self._window, "List of states", str(folder), _TABLES)
        return Path(name) if name else None

    def export_target(self, suggestion: Path) -> tuple[Path, str] | None:
        """Where to export to, and in which format."""
        name, chosen = QFileDialog.getSaveFileName(
            self._window, "Export corrected text", str(suggestion), _EXPORTS
        )
        if not name:
            return None
        path = Path(name)
        is_json = path.suffix == ".json" or (not path.suffix and "json" in chosen)
        suffix = ".json" if is_json else ".txt"
        return (path if path.suffix else path.with_suffix(suffix)), "json" if is_json else "text"

    def line_width(self) -> int | None:
        """At how many characters to wrap exported text; 0 does not wrap."""
        dialog = QDialog(self._window)
        dialog.setWindowTitle("Export corrected text")
        width = QSpinBox()
        width.setRange(0, 400)
        width.setSpecialValueText("one line a paragraph")
        width.setSuffix(" characters a line")
        width.setAccessibleName("Characters a line")
        note = QLabel("Choose 0 for one line a paragraph, or from 40 characters.")
        note.setProperty("role", "quiet")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Export")
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)
        form = QFormLayout(dialog)
        form.addRow("Wrap at", width)
        form.addRow(note)
        form.addRow(buttons)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return width.value() if accepted else None

    def coder_name(self, name: str) -> str | None:
        """Who signs the steps."""
        typed, accepted = QInputDialog.getText(
            self._window, "Coder’s name", "Steps in the log are signed by", text=name
        )
        return typed.strip() if accepted and typed.strip() else None

    def view_name(self, line: str) -> str | None:
        """Under which name to keep a search line."""
        typed, accepted = QInputDialog.getText(
            self._window, "Keep this view", "Its name", text=line[:40]
        )
        return typed.strip() if accepted and typed.strip() else None

    def discard_drafts(self, drafts: list[str]) -> bool:
        """Whether to close although some typed texts are no values and would be forgotten."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Not committed")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText("These fields hold text that is no value of theirs and is not saved:")
        box.setInformativeText("\n".join(drafts))
        back = box.addButton("Go back", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("Close and forget them", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        return box.clickedButton() is leave

    def shortcuts(self, changed: Keys, take: Callable[[Keys], object]) -> None:
        """Show every command with its keys, and let them be changed."""
        ShortcutsDialog(self._window, changed, take).exec()

    def _report(self, title: str, suggestion: Path) -> Path | None:
        name, chosen = QFileDialog.getSaveFileName(self._window, title, str(suggestion), _REPORTS)
        return _with_ending(Path(name), chosen) if name else None

    def about(self) -> None:
        """Say what the program is."""
        box = QMessageBox(self._window)
        box.setWindowTitle("About mideditor")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"mideditor {__version__}")
        box.setInformativeText(
            "The desk at which chapters of militarized interstate disputes are corrected and "
            "coded. MIT licence."
        )
        box.exec()

    def error(self, message: str) -> None:
        """Tell of something that went wrong before there is a desk to say it at."""
        box = QMessageBox(self._window)
        box.setWindowTitle("mideditor")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(message)
        box.exec()


def _with_ending(path: Path, chosen: str) -> Path:
    return path if path.suffix else path.with_suffix(chosen.rpartition("*")[2].rstrip(")"))


def with_suffix(path: Path) -> Path:
    """The path with the ending that projects have."""
    return path if path.name.endswith(".json") else path.with_name(path.name + PROJECT_SUFFIX)
