"""Many records are merged and restored beside the work: with progress, Cancel, and a preview."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import RecordId
from mideditor.session.session import Session
from mideditor.ui.project.restore_dialog import RestoreDialog
from mideditor.ui.window import MainWindow
from tests.session.chapters import file_of, imported, one_entry
from tests.ui.conftest import Person, record_of

FORTY = "".join(one_entry(number) for number in range(1, 41))


@pytest.fixture
def editor(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """Someone with forty records, of which a copy has other pages, where nothing is done at once.

    Of the two backups the older has the text as it was read, the newer one page more.
    """
    with imported(tmp_path, FORTY, "forty") as session:
        session.save()
        (backup,) = file_of(session).backups.all()
        backup.path.rename(backup.path.with_name(f"2026-01-02T030405Z{backup.path.name[18:]}"))
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 5}})
    project = tmp_path / "forty.mid.json"
    copy = Path(shutil.copy(project, tmp_path / "copy.mid.json"))
    with Session.open(copy, "Ben") as theirs:
        theirs.edit(ChangeKind.CORRECTION, {record: {"page": 9} for record in theirs.ids()})
    assert window.open(project)
    person = Person(window, qtbot)
    person.answers.other_copy = copy
    window.scheduler.lanes.at_once = window.scheduler.lanes.slice_seconds = 0.0
    return person


def pages(person: Person) -> dict[RecordId, object]:
    documents = person.view.desk.session.documents()
    return {record: document.get("page") for record, document in documents.items()}


def run_until(person: Person, command: str, doing: str) -> None:
    """Run a command until the status bar shows that it is doing this."""
    started = person.window.scheduler.started
    with person.bot.waitSignal(started, check_params_cb=lambda label: label == doing):
        person.window.run(command)
    label = person.window.job_status.findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.text() == doing


def cancel(person: Person) -> None:
    button = person.window.job_status.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    button.click()


@pytest.mark.parametrize(
    ("command", "doing"),
    [
        ("merge_copy", "Comparing 40 records"),
        ("merge_copy", "Taking 40 values over"),
        ("restore_backup", "Restoring"),
    ],
)
def test_cancelled_in_the_middle_it_changes_nothing(
    editor: Person, command: str, doing: str
) -> None:
    session = editor.view.desk.session
    session.edit(ChangeKind.CORRECTION, {record: {"chapter": 3} for record in session.ids()})
    before, steps = dict(session.documents()), len(session.history.steps)
    run_until(editor, command, doing)
    cancel(editor)
    assert not editor.window.scheduler.running
    assert editor.status() == f"{doing}: cancelled, nothing was changed."
    assert dict(session.documents()) == before
    assert len(session.history.steps) == steps


def test_the_window_works_while_another_copy_is_merged(editor: Person) -> None:
    run_until(editor, "merge_copy", "Comparing 40 records")
    editor.window.run("next_record")
    assert editor.title() == "MID 2"
    editor.wait_for_job()
    assert set(pages(editor).values()) == {9}
    assert editor.status() == "Taken from copy.mid.json · step 3; Undo takes it back"


def test_an_edit_while_another_copy_is_compared_is_kept(editor: Person) -> None:
    run_until(editor, "merge_copy", "Comparing 40 records")
    assert editor.view.desk.commit("page", 7)
    editor.wait_for_job()
    assert "Records were changed meanwhile" in editor.view.banner.text
    assert pages(editor)[record_of(editor, 1)] == 7
    assert 9 not in pages(editor).values()


class TestPreview:
    def test_it_shows_its_progress(self, editor: Person) -> None:
        dialog = open_preview(editor)
        assert dialog.summary.text() == "Reading the backup …"
        assert not dialog.restore_button.isEnabled()
        wait_until_comparing(editor, dialog)
        assert dialog.summary.text().startswith("Comparing: ")
        editor.bot.waitUntil(lambda: dialog.summary.text() == "40 fields would change")
        assert dialog.restore_button.isEnabled()

    @pytest.mark.parametrize("is_read", [False, True])
    def test_one_is_dropped_for_another(self, editor: Person, is_read: bool) -> None:
        dialog, shown = open_preview(editor), list[int]()
        dialog.model.modelReset.connect(lambda: shown.append(len(dialog.model.items)))
        if is_read:
            wait_until_comparing(editor, dialog)
        dialog.list.setCurrentRow(1)
        assert dialog.summary.text() == "Reading the backup …"
        editor.bot.waitUntil(lambda: dialog.summary.text() == "40 fields would change")
        assert shown == [0, 40], "nothing of the first is shown"
        row = [dialog.model.index(0, column).data() for column in range(4)]
        assert row == ["MID 1", "Page", "8", "—"]

    def test_closing_the_dialog_drops_it(self, editor: Person) -> None:
        dialog = open_preview(editor)
        wait_until_comparing(editor, dialog)
        dialog.reject()
        assert not dialog.comparing.running
        assert not dialog.reading.running


def open_preview(person: Person) -> RestoreDialog:
    """The restore dialog, after an edit of all records; the newest backup is being read."""
    session = person.view.desk.session
    session.edit(ChangeKind.CORRECTION, {record: {"page": 8} for record in session.ids()})
    dialog = RestoreDialog(person.window, person.window.theme, person.view.desk)
    person.bot.addWidget(dialog)
    return dialog


def wait_until_comparing(person: Person, dialog: RestoreDialog) -> None:
    with person.bot.waitSignal(dialog.comparing.progressed):
        pass
