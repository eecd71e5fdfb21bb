"""The file dialogs: an ending that is added replaces no file without a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox

from mideditor.ui.dialogs import Dialogs
from tests.ui.conftest import Person

CHOOSERS: dict[str, Callable[[Dialogs, Path], Path | tuple[Path, str] | None]] = {
    ".txt": Dialogs.export_target,
    ".html": Dialogs.report_target,
    ".png": Dialogs.picture_target,
}


def choose(person: Person, ending: str, name: Path, answer: str) -> tuple[Path | None, list[str]]:
    """Type a name into the dialog of a file with that ending, and answer what is asked after it.

    Returns what was chosen and the questions.
    """
    asked: list[str] = []

    def handle() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(edit, QLineEdit)
            edit.setText(str(name))
            dialog.accept()
        elif isinstance(dialog, QMessageBox):
            asked.append(dialog.text())
            next(button for button in dialog.buttons() if button.text() == answer).click()

    timer = QTimer(person.window)
    timer.timeout.connect(handle)
    timer.start()
    chosen = CHOOSERS[ending](Dialogs(person.window), name.with_name("suggested"))
    timer.stop()
    return chosen[0] if isinstance(chosen, tuple) else chosen, asked


@pytest.mark.parametrize("ending", CHOOSERS)
def test_an_ending_is_added_and_the_file_of_that_name_asked_about(
    person: Person, tmp_path: Path, ending: str
) -> None:
    name, there = tmp_path / "chapter", tmp_path / f"chapter{ending}"
    assert choose(person, ending, name, "") == (there, [])
    there.write_text("a text of the user’s own", encoding="utf-8")
    question = f"{there.name} is there already."
    assert choose(person, ending, name, "Leave it") == (None, [question])
    assert choose(person, ending, name, "Replace it") == (there, [question])
