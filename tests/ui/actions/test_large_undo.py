"""Undoing a step of many records: in the background, with progress, and it can be cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.ui.table.bulk_edit_dialog import BulkEditDialog
from mideditor.ui.window import MainWindow
from tests.session.chapters import imported, one_entry
from tests.ui.conftest import Person

Key = Qt.Key
FORTY = "".join(one_entry(number) for number in range(1, 41))


@pytest.fixture
def editor(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """Anna, who set the outcome of forty records; all jobs run in slices."""
    with imported(tmp_path, FORTY, "forty") as session:
        session.author = "Anna"
        values = {record: {"outcome": "Released"} for record in session.ids()}
        session.edit(ChangeKind.CORRECTION, values)
    assert window.open(tmp_path / "forty.mid.json")
    window.scheduler.lanes.at_once = 1e-9
    return Person(window, qtbot)


def job_label(person: Person) -> str:
    """The label of the running job."""
    label = person.window.job_status.findChild(QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def outcomes(person: Person) -> set[str]:
    documents = person.view.desk.session.documents()
    return {str(document["outcome"]) for document in documents.values()}


def test_it_shows_its_label_and_the_window_stays_usable(editor: Person) -> None:
    jobs, session = editor.window.scheduler, editor.view.desk.session
    editor.ctrl(Key.Key_Z)
    assert editor.window.job_status.isVisible()
    assert job_label(editor) == "Undoing step 2, 40 records"
    assert (outcomes(editor), len(session.history.steps)) == ({"Released"}, 2)
    editor.press(Key.Key_Down)
    assert editor.title() == "MID 2"
    editor.bot.waitUntil(lambda: not jobs.running)
    assert (outcomes(editor), len(session.history.steps)) == ({"Stalemate"}, 3)
    assert editor.status().startswith("Undone: Outcome of MID 1")
    assert not editor.window.job_status.isVisible()
    editor.ctrl(Key.Key_Y)
    assert outcomes(editor) == {"Stalemate"}
    editor.bot.waitUntil(lambda: not jobs.running)
    assert outcomes(editor) == {"Released"}
    assert editor.status().startswith("Done again: Outcome of MID 1")


def test_cancelling_it_changes_nothing(editor: Person) -> None:
    jobs, session = editor.window.scheduler, editor.view.desk.session
    editor.ctrl(Key.Key_Z)
    cancel = editor.window.job_status.findChild(QPushButton)
    editor.bot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not jobs.running
    assert editor.status() == "Undoing step 2, 40 records: cancelled, nothing was changed."
    assert (outcomes(editor), len(session.history.steps)) == ({"Released"}, 2)


def test_an_edit_of_another_field_during_the_undo_is_kept(editor: Person) -> None:
    jobs, session = editor.window.scheduler, editor.view.desk.session
    editor.ctrl(Key.Key_Z)
    assert editor.view.desk.commit("fatalities", "Missing")
    editor.bot.waitUntil(lambda: not jobs.running)
    record = session.record(editor.view.desk.record_id or 0)
    assert str(getattr(record, "fatalities", "")) == "Missing"
    assert (outcomes(editor), len(session.history.steps)) == ({"Stalemate"}, 4)


def test_an_edit_of_the_same_field_during_the_undo_is_kept_and_the_undo_fails(
    editor: Person,
) -> None:
    jobs, session = editor.window.scheduler, editor.view.desk.session
    editor.ctrl(Key.Key_Z)
    assert editor.view.desk.commit("outcome", "Compromise")
    editor.bot.waitUntil(lambda: not jobs.running)
    assert "Records were changed meanwhile" in editor.view.banner.text
    record = session.record(editor.view.desk.record_id or 0)
    assert str(getattr(record, "outcome", "")) == "Compromise"
    assert (outcomes(editor), len(session.history.steps)) == ({"Released", "Compromise"}, 3)


def test_a_second_undo_waits_for_the_first(editor: Person) -> None:
    editor.ctrl(Key.Key_Z)
    editor.ctrl(Key.Key_Z)
    assert editor.status() == "Wait for the running job, or cancel it first."
    editor.bot.waitUntil(lambda: not editor.window.scheduler.running)
    assert len(editor.view.desk.session.history.steps) == 3


def test_closing_the_project_cancels_it(editor: Person) -> None:
    editor.ctrl(Key.Key_Z)
    path = editor.view.desk.session.path
    assert editor.window.close_project()
    assert not editor.window.scheduler.running
    assert editor.window.open(path)
    assert outcomes(editor) == {"Released"}


def test_many_rows_are_also_copied_in_the_background(editor: Person) -> None:
    editor.ctrl(Key.Key_A)
    editor.ctrl(Key.Key_C)
    assert job_label(editor) == "Copying 40 rows"
    editor.bot.waitUntil(lambda: not editor.window.scheduler.running)
    assert editor.status() == "40 rows copied"


def test_a_bulk_edit_runs_in_slices_and_can_be_cancelled(editor: Person) -> None:
    def answer(dialog: BulkEditDialog) -> None:
        dialog.field.setCurrentIndex(dialog.field.findText("Outcome"))
        dialog.code.setCurrentIndex(dialog.code.findText("Compromise"))

    editor.answers.fill_bulk_edit = answer
    editor.ctrl(Key.Key_A)
    editor.window.run("change_several")
    assert job_label(editor) == "Changing 40 records"
    editor.window.scheduler.cancel()
    assert editor.status() == "Changing 40 records: cancelled, nothing was changed."
    assert outcomes(editor) == {"Released"}
    editor.window.run("change_several")
    editor.wait_for_job()
    assert outcomes(editor) == {"Compromise"}
    assert editor.status() == "Outcome of 40 records · step 3, on disk"
