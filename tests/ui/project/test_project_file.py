"""The project file in the window: two windows, other programs, backups, and write errors."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.session import Session
from mideditor.ui.project.merge_dialog import MergeDialog
from mideditor.ui.project.restore_dialog import RestoreDialog
from mideditor.ui.window import MainWindow
from tests.session.chapters import file_of
from tests.store.steps import journal_of
from tests.ui.conftest import Answers, Person, record_of, reopened

Key = Qt.Key


def fatalities(person: Person, number: int) -> str:
    session = person.view.desk.session
    return str(session.record(record_of(person, number)).model_dump(mode="json")["fatalities"])


def set_fatalities(person: Person, number: int, value: Fatalities) -> None:
    person.view.desk.select(record_of(person, number))
    assert person.view.desk.commit("fatalities", value)


def change_outside(project: Path, number: int, **values: object) -> None:
    """Edit the file with stock TinyDB, as a notebook would."""
    with TinyDB(project) as database:
        records = database.table("records")
        found = [row.doc_id for row in records if row.get("dispute_number") == number]
        records.update(values, doc_ids=found[:1])


@pytest.fixture
def second(person: Person, qtbot: QtBot, project: Path) -> Person:
    """A second window with the same project."""
    window = MainWindow(person.window.theme, person.window.settings.preferences, Answers)
    qtbot.addWidget(window)
    assert window.open(project)
    return Person(window, qtbot)


class TestTwoWindows:
    def test_the_second_is_read_only_and_names_the_lock_holder(self, second: Person) -> None:
        message = second.view.banner.text
        assert message.startswith("Open for reading only.")
        assert "is open in another mideditor window or command (" in message
        assert ", since " in message
        assert "read only" in second.window._file.text()

    def test_the_second_can_change_nothing(self, second: Person) -> None:
        view = second.view
        view.desk.select(record_of(second, 9102))
        for name, box in view.form.boxes.items():
            if name.startswith("side"):
                assert box.editor.isHidden()
            else:
                editor = box.editor
                assert not editor.isEnabled() or editor.isReadOnly()  # type: ignore[union-attr]
        assert all(panel.editor.isReadOnly() for panel in view.texts.panels.values())
        actions = second.window.menus.actions
        for name in ("undo", "save", "import_texts", "mark_coded", "take_back", "restore_backup"):
            assert not actions[name].isEnabled(), name
        for name in ("export_text", "save_as", "focus_filter", "next_finding"):
            assert actions[name].isEnabled(), name

    def test_try_again_opens_for_writing_once_the_first_is_closed(
        self, person: Person, second: Person
    ) -> None:
        second.view.banner.remedy.click()
        assert second.view.desk.session.read_only
        set_fatalities(person, 9101, Fatalities.TO_25)
        assert person.window.close_project()
        second.view.banner.remedy.click()
        assert not second.view.desk.session.read_only
        assert fatalities(second, 9101) == "1–25 deaths"
        set_fatalities(second, 9101, Fatalities.TO_100)


class TestOtherPrograms:
    def test_a_change_while_open_is_shown_and_applied_and_saving_resumes(
        self, person: Person, project: Path
    ) -> None:
        set_fatalities(person, 9102, Fatalities.TO_100)
        change_outside(project, 9101, outcome="Stalemate")
        with person.bot.waitSignal(person.window.watch.changed_outside):
            person.window.watch.check()
        assert "was changed by another program" in person.view.banner.text
        person.window.run("save")
        person.bot.waitUntil(lambda: "was not written" in person.view.banner.text)
        person.window.run("changes_from_outside")
        person.wait_for_job()
        assert person.answers.shown == ["MID 9101, Outcome: Unclear → Stalemate"]
        assert "is saved again" in person.view.banner.text
        aside = project.with_name("page.mid.json.outside-1")
        assert b'"Stalemate"' in aside.read_bytes()
        with reopened(person) as session:
            (taken,) = session.with_number(9101)
            assert session.record(taken).model_dump(mode="json")["outcome"] == "Stalemate"
            assert session.history.steps[-1].reason == "Changed outside the editor"

    def test_a_journal_that_is_replaced_is_written_anew_and_told(
        self, person: Person, project: Path
    ) -> None:
        set_fatalities(person, 9102, Fatalities.TO_100)
        journal = journal_of(project)
        ours = journal.read_bytes()
        journal.write_bytes(b"of somebody else\n")
        person.window.watch.check()
        person.bot.waitUntil(lambda: "replaced the journal" in person.view.banner.text)
        aside = project.with_name("page.mid.json.journal.outside-1")
        assert aside.name in person.view.banner.text
        assert aside.read_bytes() == b"of somebody else\n"
        assert journal.read_bytes() == ours

    def test_our_own_saves_are_not_outside_changes(self, person: Person) -> None:
        emitted: list[None] = []
        person.window.watch.changed_outside.connect(lambda: emitted.append(None))
        for value in (Fatalities.TO_25, Fatalities.TO_100):
            set_fatalities(person, 9101, value)
            person.window.watch.save()
            person.window.watch.check()
            person.window.scheduler.wait()
            person.bot.wait(0)
        assert emitted == []

    def test_a_change_while_closed_is_offered_by_a_button(
        self, person: Person, project: Path
    ) -> None:
        assert person.window.close_project()
        change_outside(project, 9102, outcome="Stalemate")
        assert person.window.open(project)
        assert "was changed by another program after it was saved" in person.view.banner.text
        person.answers.applies_differences = False
        person.view.banner.remedy.click()
        person.wait_for_job()
        assert person.answers.shown == ["MID 9102, Outcome: Released → Stalemate"]
        assert not person.window.menus.actions["changes_from_outside"].isEnabled()

    def test_another_copy_is_merged(self, person: Person, project: Path) -> None:
        copy = project.with_name("from Ben.mid.json")
        shutil.copy(project, copy)
        with Session.open(copy, "Ben") as theirs:
            (record,) = theirs.with_number(9101)
            theirs.edit(ChangeKind.CORRECTION, {record: {"fatalities": Fatalities.TO_25}})
        person.answers.other_copy = copy
        person.window.run("merge_copy")
        person.wait_for_job()
        assert fatalities(person, 9101) == "1–25 deaths"
        person.window.run("merge_copy")
        person.wait_for_job()
        assert person.status() == "from Ben.mid.json has nothing that is otherwise here."


def open_preview(person: Person) -> RestoreDialog:
    """The restore dialog, once it has read and compared the newest backup."""
    dialog = RestoreDialog(person.window, person.window.theme, person.view.desk)
    person.bot.addWidget(dialog)
    wait_for_preview(person, dialog)
    return dialog


def wait_for_preview(person: Person, dialog: RestoreDialog) -> None:
    person.bot.waitUntil(lambda: not (dialog.reading.running or dialog.comparing.running))


class TestBackups:
    def test_restoring_is_one_step(self, person: Person) -> None:
        person.window.watch.save()
        person.window.scheduler.wait()
        set_fatalities(person, 9101, Fatalities.TO_25)
        set_fatalities(person, 9102, Fatalities.NONE)
        person.window.run("restore_backup")
        person.wait_for_job()
        assert (fatalities(person, 9101), fatalities(person, 9102)) == ("None", "1–25 deaths")
        assert "Back to the backup of" in person.status()
        person.window.run("undo")
        assert (fatalities(person, 9101), fatalities(person, 9102)) == ("1–25 deaths", "None")

    def test_the_dialog_shows_what_would_change(self, person: Person) -> None:
        set_fatalities(person, 9101, Fatalities.TO_25)
        dialog = open_preview(person)
        assert dialog.list.item(0).text().endswith("1 step ago")
        assert dialog.summary.text() == "1 field would change"
        row = [dialog.model.index(0, column).data() for column in range(4)]
        assert row == ["MID 9101", "Fatalities", "1–25 deaths", "None"]
        assert dialog.restore_button.isEnabled()

    def test_a_backup_without_differences_says_so(self, person: Person) -> None:
        dialog = open_preview(person)
        assert dialog.summary.text().startswith("The records are as they were then")
        assert not dialog.restore_button.isEnabled()


def divergence(field: str, *, both: bool = False, fits: bool = True) -> FieldDiff:
    return FieldDiff(1, "MID 9101", field, "here", "there", "there", both=both, fits=fits)


def test_differences_are_marked_with_keys(person: Person) -> None:
    differences = [
        divergence("outcome"),
        divergence("settlement", both=True),
        divergence("page", fits=False),
    ]
    dialog = MergeDialog(person.window, person.window.theme, "A copy", differences)
    person.bot.addWidget(dialog)
    assert [one.field for one in dialog.marked] == ["outcome"]
    for _ in range(3):
        person.bot.keyClick(dialog.table, Key.Key_Space)
        person.bot.keyClick(dialog.table, Key.Key_Down)
    assert [one.field for one in dialog.marked] == ["settlement"]
    everything = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Mark &all")
    everything.click()
    assert [one.field for one in dialog.marked] == ["outcome", "settlement"]


class TestWriteErrors:
    @pytest.fixture
    def blocked(self, person: Person, project: Path) -> Path:
        """A folder in the place of the journal, so that no step can be written."""
        journal = project.with_name(f"{project.name}.journal")
        journal.mkdir()
        return journal

    def test_save_as_keeps_the_pending_text(
        self, person: Person, blocked: Path, tmp_path: Path
    ) -> None:
        person.view.desk.select(record_of(person, 9101))
        person.go("narrative")
        person.retype("Nothing happened.")
        person.window.run("commit_field")
        assert "The change was not saved and has not been made" in person.view.banner.text
        assert person.view.banner.remedy.text() == "Save as…"
        person.answers.save_path = tmp_path / "elsewhere.mid.json"
        person.view.banner.remedy.click()
        assert person.view.desk.session.path.name == "elsewhere.mid.json"
        assert person.title() == "MID 9101"
        assert person.read("narrative") == "Nothing happened."
        person.window.run("commit_field")
        with reopened(person) as session:
            (record,) = session.with_number(9101)
            assert session.record(record).model_dump()["narrative"] == ("Nothing happened.",)


def test_a_project_that_cannot_be_saved_can_be_closed_with_its_journal(
    person: Person, project: Path
) -> None:
    set_fatalities(person, 9101, Fatalities.TO_25)
    change_outside(project, 9102, outcome="Stalemate")
    person.answers.unsaved = ""
    assert not person.window.close_project()
    assert "All changes are safe in" in person.answers.shown[-1]
    person.answers.unsaved = "close"
    assert person.window.close_project()
    with Session.open(project, "Ana") as session:
        (record,) = session.with_number(9101)
        assert session.record(record).model_dump(mode="json")["fatalities"] == "1–25 deaths"
        assert file_of(session).opened.outside is not None
