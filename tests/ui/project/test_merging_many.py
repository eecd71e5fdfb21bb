"""Merging and restoring many records: progress, Cancel, edits meanwhile, and the preview."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mideditor.domain.record import RecordId
from mideditor.domain.steps import StepKind
from mideditor.session.session import Session
from mideditor.ui.project.restore_dialog import RestoreDialog
from mideditor.ui.window import MainWindow
from tests.session.chapters import imported, one_entry
from tests.ui.conftest import Person

FORTY = "".join(one_entry(number) for number in range(1, 41))


@pytest.fixture
def editor(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """A user with forty records and a copy that differs in every page; all work runs in slices.

    Of the two backups, the older has the records as imported, the newer one edited page.
    """
    with imported(tmp_path, FORTY, "forty") as session:
        session.save()
        (backup,) = session.store.backups.all()
        backup.path.rename(backup.path.with_name(f"2026-01-02T030405Z{backup.path.name[18:]}"))
        session.edit(StepKind.CORRECTION, {1: {"page": 5}})
    project = tmp_path / "forty.mid.json"
    copy = Path(shutil.copy(project, tmp_path / "copy.mid.json"))
    with Session.open(copy, "Ben") as theirs:
        theirs.edit(StepKind.CORRECTION, {record: {"page": 9} for record in theirs.ids()})
    assert window.open(project)
    person = Person(window, qtbot)
    person.answers.other_copy = copy
    window.scheduler.lanes.at_once = window.scheduler.lanes.slice_seconds = 0.0
    return person


def pages(person: Person) -> dict[RecordId, object]:
    documents = person.view.desk.session.documents()
    return {record: document.get("page") for record, document in documents.items()}


def wait_for(person: Person, label: str) -> None:
    """Wait until the status bar shows the job with this label."""
    shown = person.window.job_status.findChild(QLabel)
    assert isinstance(shown, QLabel)
    person.bot.waitUntil(lambda: shown.text() == label)


def cancel(person: Person) -> None:
    button = person.window.job_status.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    button.click()


@pytest.mark.parametrize(
    ("command", "label"),
    [
        ("merge_copy", "Comparing 40 records"),
        ("merge_copy", "Taking 40 values over"),
        ("restore_backup", "Restoring"),
    ],
)
def test_a_cancelled_job_changes_nothing(editor: Person, command: str, label: str) -> None:
    session = editor.view.desk.session
    session.edit(StepKind.CORRECTION, {record: {"chapter": 3} for record in session.ids()})
    before, steps = dict(session.documents()), len(session.history.steps)
    editor.window.run(command)
    wait_for(editor, label)
    cancel(editor)
    assert not editor.window.scheduler.running
    assert editor.status() == f"{label}: cancelled, nothing was changed."
    assert dict(session.documents()) == before
    assert len(session.history.steps) == steps


def test_the_window_stays_responsive_during_a_merge(editor: Person) -> None:
    editor.window.run("merge_copy")
    wait_for(editor, "Comparing 40 records")
    editor.window.run("next_record")
    assert editor.title() == "MID 2"
    editor.wait_for_job()
    assert set(pages(editor).values()) == {9}
    assert editor.status() == "Taken from copy.mid.json; Undo takes it back"


def test_an_edit_during_the_comparison_is_kept(editor: Person) -> None:
    editor.window.run("merge_copy")
    wait_for(editor, "Comparing 40 records")
    assert editor.view.desk.commit("page", 7)
    editor.wait_for_job()
    assert "Records were changed meanwhile" in editor.view.banner.text
    assert pages(editor)[1] == 7
    assert 9 not in pages(editor).values()


def restore_dialog(editor: Person) -> RestoreDialog:
    """A new dialog. No event has been processed since, so it is still reading the backup."""
    session = editor.view.desk.session
    session.edit(StepKind.CORRECTION, {record: {"page": 8} for record in session.ids()})
    dialog = RestoreDialog(editor.window, editor.window.theme, editor.view.desk)
    editor.bot.addWidget(dialog)
    return dialog


class TestPreview:
    def test_it_shows_its_progress(self, editor: Person) -> None:
        dialog = restore_dialog(editor)
        assert dialog.summary.text() == "Reading the backup …"
        assert not dialog.restore_button.isEnabled()
        editor.bot.waitUntil(lambda: dialog.summary.text().startswith("Comparing: "))
        editor.bot.waitUntil(lambda: dialog.summary.text() == "40 fields would change")
        assert dialog.restore_button.isEnabled()

    @pytest.mark.parametrize("label", ["Reading the backup …", "Comparing: "])
    def test_selecting_another_backup_drops_the_work(self, editor: Person, label: str) -> None:
        dialog = restore_dialog(editor)
        shown: list[int] = []
        dialog.model.modelReset.connect(lambda: shown.append(len(dialog.model.items)))
        editor.bot.waitUntil(lambda: dialog.summary.text().startswith(label))
        dialog.list.setCurrentRow(1)
        assert dialog.summary.text() == "Reading the backup …"
        editor.bot.waitUntil(lambda: dialog.summary.text() == "40 fields would change")
        assert shown == [0, 40], "nothing of the first backup is shown"
        row = [dialog.model.index(0, column).data() for column in range(4)]
        assert row == ["MID 1", "Page", "8", "—"]

    def test_closing_the_dialog_stops_the_work(self, editor: Person) -> None:
        dialog = restore_dialog(editor)
        editor.bot.waitUntil(lambda: dialog.summary.text().startswith("Comparing: "))
        dialog.reject()
        assert not dialog.comparing.running
        assert not dialog.reading.running
