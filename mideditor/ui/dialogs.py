"""All questions to the user, behind one object that a test can answer for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from mideditor import __version__
from mideditor.session.diverging import Divergence
from mideditor.session.session import Session
from mideditor.store.backups import Backup
from mideditor.store.project_store import PROJECT_SUFFIX
from mideditor.ui.commands import MENUS
from mideditor.ui.desk import Desk
from mideditor.ui.merge_dialog import MergeDialog
from mideditor.ui.reasons_dialog import GivenReason, ReasonsDialog
from mideditor.ui.restore_dialog import RestoreDialog
from mideditor.ui.theme import Theme

_PROJECTS = f"mideditor projects (*{PROJECT_SUFFIX})"
_TEXTS = "Texts (*.txt);;All files (*)"
_KEYS_IN_FIELDS = (
    "In a field: Esc forgets what was typed, Tab or Ctrl+Enter commits it. In a side: Del removes, "
    "Alt+Up and Alt+Down order, Alt+Left and Alt+Right move across."
)
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

    def backup_to_restore(self, theme: Theme, session: Session) -> Backup | None:
        """Which backup to go back to."""
        dialog = RestoreDialog(self._window, theme, session)
        return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None

    def differences_to_take(
        self, theme: Theme, source: str, found: Sequence[Divergence]
    ) -> list[Divergence] | None:
        """Which differences to take over; [] leaves them all, None decides nothing."""
        dialog = MergeDialog(self._window, theme, source, found)
        return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None

    def reason_to_give(self, desk: Desk) -> GivenReason | None:
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

    def leave_drafts(self, drafts: list[str]) -> bool:
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

    def shortcut_lines(self) -> dict[str, str]:
        """Every key and what it does, in the order of the menus."""
        return {
            _native(command.keys[0]): command.title.replace("&", "")
            for commands in MENUS.values()
            for command in commands
            if command is not None and command.keys
        }

    def shortcuts(self) -> None:
        """Show every command with its key."""
        dialog = QDialog(self._window)
        dialog.setWindowTitle("Keyboard shortcuts")
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        lines = list(self.shortcut_lines().items())
        half = (len(lines) + 1) // 2
        for place, (key, title) in enumerate(lines):
            row, column = place % half, 2 * (place // half)
            label = QLabel(key)
            label.setProperty("role", "label")
            grid.addWidget(label, row, column)
            grid.addWidget(QLabel(title), row, column + 1)
        in_lists = QLabel(_KEYS_IN_FIELDS)
        in_lists.setWordWrap(True)
        in_lists.setProperty("role", "quiet")
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(14)
        layout.addLayout(grid)
        layout.addWidget(in_lists)
        layout.addWidget(close)
        dialog.exec()

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

    def trouble(self, message: str) -> None:
        """Tell of something that went wrong before there is a desk to say it at."""
        box = QMessageBox(self._window)
        box.setWindowTitle("mideditor")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(message)
        box.exec()


def with_suffix(path: Path) -> Path:
    """The path with the ending that projects have."""
    return path if path.name.endswith(".json") else path.with_name(path.name + PROJECT_SUFFIX)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
