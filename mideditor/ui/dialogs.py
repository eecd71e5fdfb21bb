"""All modal questions to the user, in one class that tests replace."""

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
from mideditor.ui.project.coders_dialog import CodersDialog
from mideditor.ui.project.merge_dialog import MergeDialog
from mideditor.ui.project.restore_dialog import RestoreDialog
from mideditor.ui.table.bulk_edit_dialog import BulkEdit, BulkEditDialog

_PROJECTS = f"mideditor projects (*{PROJECT_SUFFIX})"
_TEXTS = "Texts (*.txt);;All files (*)"
_TABLES = "Tables (*.csv *.tsv *.txt);;All files (*)"
_REPORTS = "Web page (*.html);;Table (*.csv);;JSON (*.json);;Text (*.txt)"
_EXPORTS = "Clean text (*.txt);;JSON (*.json)"
_NOTHING_IS_REPLACED = QFileDialog.Option.DontConfirmOverwrite
"""For the paths of projects: a project that is there is opened or refused, never replaced."""


class Dialogs:
    """Asks for files, names and decisions. Methods return None if the user cancels."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def new_project(self, folder: Path) -> Path | None:
        """The path of a new project."""
        suggestion = str(folder / f"chapter{PROJECT_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, "New project", suggestion, _PROJECTS, options=_NOTHING_IS_REPLACED
        )
        return with_suffix(Path(name)) if name else None

    def project_to_open(self, folder: Path) -> Path | None:
        """The project to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open project", str(folder), f"{_PROJECTS};;All files (*)"
        )
        return Path(name) if name else None

    def save_as(self, path: Path) -> Path | None:
        """Another path for the project."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save as", str(path), _PROJECTS, options=_NOTHING_IS_REPLACED
        )
        return with_suffix(Path(name)) if name else None

    def copy_to_merge(self, folder: Path) -> Path | None:
        """The other copy of the project to merge."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Merge another copy", str(folder), f"{_PROJECTS};;All files (*)"
        )
        return Path(name) if name else None

    def picture_target(self, suggestion: Path) -> Path | None:
        """The path of a picture."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save the picture", str(suggestion), "Pictures (*.png *.jpg)"
        )
        return self._with_ending(name, ".png")

    def backup_to_restore(self, theme: Theme, desk: Desk) -> BackupRow | None:
        """The backup to restore."""
        dialog = RestoreDialog(self._window, theme, desk)
        return dialog.selected if dialog.exec() == QDialog.DialogCode.Accepted else None

    def differences_to_apply(
        self, theme: Theme, source: str, found: Sequence[FieldDiff]
    ) -> list[FieldDiff] | None:
        """The differences to apply; [] keeps all current values, None decides nothing."""
        dialog = MergeDialog(self._window, theme, source, found)
        return dialog.marked if dialog.exec() == QDialog.DialogCode.Accepted else None

    def bulk_edit(self, desk: Desk, records: Sequence[RecordId]) -> BulkEdit | None:
        """The field of the selected records to set, with the value and the reason."""
        dialog = BulkEditDialog(self._window, desk, records)
        return dialog.bulk_edit if dialog.exec() == QDialog.DialogCode.Accepted else None

    def version_to_restore(self, theme: Theme, desk: Desk) -> RecordVersion | None:
        """The version of the current record to restore."""
        dialog = VersionsDialog(self._window, theme, desk, desk.record_id or 0)
        return dialog.earlier if dialog.exec() == QDialog.DialogCode.Accepted else None

    def missing_reason(self, desk: Desk) -> GivenReason | None:
        """A reason, and the coding changes without a reason that get it."""
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
        save_as = box.addButton("Save as…", QMessageBox.ButtonRole.AcceptRole)
        close = box.addButton("Close, keep the journal", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(save_as)
        box.setEscapeButton(back)
        box.exec()
        answers = {save_as: "save as", close: "close"}
        return next((word for button, word in answers.items() if box.clickedButton() is button), "")

    def texts_to_import(self, folder: Path) -> list[Path]:
        """The texts to import; [] if the user cancels."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Import chapter texts", str(folder), _TEXTS
        )
        return [Path(name) for name in names]

    def published_tables(self, folder: Path) -> list[Path]:
        """The published tables to compare with; [] if the user cancels."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Table of disputes, and table of participants", str(folder), _TABLES
        )
        return [Path(name) for name in names]

    def report_target(self, suggestion: Path) -> Path | None:
        """The path of the comparison report; its extension sets the format."""
        return self._report("Report of the comparison", suggestion)

    def findings_target(self, suggestion: Path) -> Path | None:
        """The path of the findings report; its extension sets the format."""
        return self._report("Report of the findings", suggestion)

    def fixes_to_make(
        self, desk: Desk, rule: str, values: FieldValues
    ) -> tuple[FieldValues, str] | None:
        """The fixes of a rule to make, and the reason."""
        dialog = FixesDialog(self._window, desk, rule, values)
        return dialog.answer if dialog.exec() == QDialog.DialogCode.Accepted else None

    def state_list(self, summary: str, is_own: bool) -> str:
        """What to do with the list of states: 'another', 'bundled' or '' to keep it."""
        box = QMessageBox(self._window)
        box.setWindowTitle("State list")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(summary)
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
        """The file with the list of states to use."""
        name, _ = QFileDialog.getOpenFileName(self._window, "List of states", str(folder), _TABLES)
        return Path(name) if name else None

    def export_target(self, suggestion: Path) -> tuple[Path, str] | None:
        """The path and the format of an export: 'text' or 'json'."""
        name, file_filter = QFileDialog.getSaveFileName(
            self._window, "Export corrected text", str(suggestion), _EXPORTS
        )
        if not name:
            return None
        typed = Path(name).suffix
        is_json = typed == ".json" or (not typed and "json" in file_filter)
        path = self._with_ending(name, ".json" if is_json else ".txt")
        return (path, "json" if is_json else "text") if path is not None else None

    def line_width(self) -> int | None:
        """The line width of exported text in characters; 0 does not wrap."""
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
        """The name that steps are signed with."""
        typed, accepted = QInputDialog.getText(
            self._window, "Coder’s name", "Steps in the log are signed by", text=name
        )
        return typed.strip() if accepted and typed.strip() else None

    def project_coders(self, desk: Desk) -> None:
        """Show the coders of the project, who can be joined there."""
        CodersDialog(self._window, desk).exec()

    def view_name(self, line: str) -> str | None:
        """The name of a view to save."""
        typed, accepted = QInputDialog.getText(
            self._window, "Keep this view", "Its name", text=line[:40]
        )
        return typed.strip() if accepted and typed.strip() else None

    def discard_drafts(self, drafts: list[str]) -> bool:
        """Whether to close and discard typed texts that are not valid values."""
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

    def shortcuts(self, changed: Keys, on_change: Callable[[Keys], object]) -> None:
        """Show the dialog of keyboard shortcuts."""
        ShortcutsDialog(self._window, changed, on_change).exec()

    def _report(self, title: str, suggestion: Path) -> Path | None:
        name, file_filter = QFileDialog.getSaveFileName(
            self._window, title, str(suggestion), _REPORTS
        )
        return self._with_ending(name, file_filter.rpartition("*")[2].rstrip(")"))

    def _with_ending(self, name: str, ending: str) -> Path | None:
        """The path of a file dialog, with an ending if it has none; None if there is no name.

        The dialog asks about replacing the file that was named, so a file of the longer name is
        asked about here.
        """
        path = Path(name)
        if not name or path.suffix:
            return path if name else None
        path = path.with_suffix(ending)
        return path if not path.exists() or self.may_replace(path) else None

    def may_replace(self, path: Path) -> bool:
        """Whether to replace a file."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Replace the file")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{path.name} is there already.")
        box.setInformativeText("What is in it now is lost if it is replaced.")
        leave = box.addButton("Leave it", QMessageBox.ButtonRole.RejectRole)
        replace = box.addButton("Replace it", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        box.exec()
        return box.clickedButton() is replace

    def about(self) -> None:
        """Show name, version and licence of the program."""
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
        """Show an error while no project is open."""
        box = QMessageBox(self._window)
        box.setWindowTitle("mideditor")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(message)
        box.exec()


def with_suffix(path: Path) -> Path:
    """The path with the extension of projects, unless it ends in .json already."""
    return path if path.name.endswith(".json") else path.with_name(path.name + PROJECT_SUFFIX)
