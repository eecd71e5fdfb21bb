"""Editing a record as a user does: select it, type, leave the field, press keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.record import Entry
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


def entry(person: Person, number: int) -> Entry:
    found = person.view.desk.session.record(record_of(person, number))
    assert isinstance(found, Entry)
    return found


def test_leaving_a_field_commits_its_date(person: Person) -> None:
    person.press(Key.Key_Down)
    assert person.title() == "MID 9101"
    person.go("start_date")
    person.retype("2 may 1963")
    assert str(entry(person, 9101).start_date) == "March 15, 1963"
    person.press(Key.Key_Tab)
    assert str(entry(person, 9101).start_date) == "May 2, 1963"
    assert person.read("start_date") == "May 2, 1963"
    assert person.note("start_date") == "was March 15, 1963"
    with reopened(person) as session:
        step = session.history.steps[-1]
        assert (step.kind, step.author) == (ChangeKind.CORRECTION, "Anna")
        assert step.changes[0].model_dump(mode="json") == {
            "change": "field changed",
            "record": session.with_number(9101)[0],
            "field": "start_date",
            "kind": "correction",
            "old": "1963-03-15",
            "new": "1963-05-02",
        }


def test_ctrl_enter_commits_and_stays_in_the_field(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("end_date")
    person.retype("May 1963")
    person.ctrl(Key.Key_Return)
    assert str(entry(person, 9101).end_date) == "May 1963"
    assert person.view.field_with_focus() == "end_date"
    assert "on disk" in person.status()


def test_an_invalid_date_stays_as_a_draft_with_an_error(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("end_date")
    person.retype("5/2/1963")
    person.ctrl(Key.Key_PageDown)
    assert person.title() == "MID 9102"
    assert str(entry(person, 9101).end_date) == "March 15, 1963"
    person.ctrl(Key.Key_PageUp)
    assert person.read("end_date") == "5/2/1963", "the typed text is not lost"
    assert "is not a date" in person.note("end_date")
    person.press(Key.Key_Escape)
    assert person.read("end_date") == "March 15, 1963"
    assert person.note("end_date") == ""


def test_closing_with_a_draft_asks_the_user(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("end_date")
    person.retype("Juni 1963")
    assert not person.window.close_project()
    assert person.answers.shown == ["MID 9101, End date: “Juni 1963”"]
    assert person.window.view is not None


def test_a_coding_change_is_printed_and_a_correction_is_not(person: Person) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_F4)
    person.press(Key.Key_F6)
    person.type("The data set has it")
    person.go("outcome")
    person.choose_word("stal")
    person.ctrl(Key.Key_Return)
    assert entry(person, 9101).outcome is Outcome.STALEMATE
    assert person.note("outcome") == "was Unclear"
    assert person.read("coding_changes") == "Outcome changed from Unclear."

    person.press(Key.Key_F4)
    person.ctrl(Key.Key_PageDown)
    person.go("fatalities")
    person.choose_word("26")
    person.press(Key.Key_Tab)
    assert entry(person, 9102).fatalities is Fatalities.TO_100
    assert person.read("coding_changes") == "End Date changed from March 1964."
    with reopened(person) as session:
        first, second = session.history.steps[-2:]
        assert (first.kind, first.reason) == (ChangeKind.CODING, "The data set has it")
        assert (second.kind, second.reason) == (ChangeKind.CORRECTION, "The data set has it")


def test_picking_from_the_open_list_commits_at_once(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("settlement")
    combo = person.focused
    assert isinstance(combo, QComboBox)
    combo.showPopup()
    person.bot.keyClick(combo.view(), Key.Key_Home)
    person.bot.keyClick(combo.view(), Key.Key_Return)
    assert str(entry(person, 9101).settlement) == "Negotiated"


def test_ctrl_z_undoes_typing_first_and_then_the_step(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("start_date")
    person.retype("May 1963")
    person.ctrl(Key.Key_Return)
    person.type("x")
    person.ctrl(Key.Key_Z)
    assert person.read("start_date") == "May 1963", "typing in the field first"
    person.ctrl(Key.Key_Z)
    assert str(entry(person, 9101).start_date) == "March 15, 1963"
    assert person.read("start_date") == "March 15, 1963"
    assert person.note("start_date") == ""
    person.ctrl(Key.Key_Y)
    assert person.read("start_date") == "May 1963"


def test_undo_works_after_a_restart(person: Person) -> None:
    path = person.view.desk.session.path
    person.press(Key.Key_Down)
    person.go("fatalities")
    person.choose_word(">")
    person.ctrl(Key.Key_Return)
    assert person.window.close_project()
    assert person.window.open(path)
    person.ctrl(Key.Key_Z)
    assert entry(person, 9101).fatalities is Fatalities.NONE
    assert person.title() == "MID 9101", "undo goes to the record that it changed"
    with reopened(person) as session:
        assert [step.kind for step in session.history.steps[-2:]] == [
            ChangeKind.CORRECTION,
            ChangeKind.UNDO,
        ]


def test_one_key_reverts_a_field(person: Person) -> None:
    person.press(Key.Key_Down)
    for word in ("comp", "rel"):
        person.go("outcome")
        person.choose_word(word)
        person.ctrl(Key.Key_Return)
    assert person.note("outcome") == "was Unclear"
    person.ctrl(Key.Key_R)
    assert entry(person, 9101).outcome is Outcome.UNCLEAR
    assert person.note("outcome") == ""
    assert person.view.desk.session.history.steps[-1].reason == "Taken back to the original"


def test_the_same_field_stays_focused_from_record_to_record(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("outcome")
    person.ctrl(Key.Key_PageDown)
    assert person.title() == "MID 9102"
    assert person.view.field_with_focus() == "outcome"


def test_marking_as_coded_goes_to_the_next_record(person: Person) -> None:
    person.press(Key.Key_Down)
    person.ctrl(Key.Key_M)
    assert entry(person, 9101).review.value == "coded"
    assert person.title() == "MID 9102"


def test_without_typing_no_step_is_made(person: Person) -> None:
    steps = len(person.view.desk.session.history.steps)
    person.press(Key.Key_Down)
    for field in ("start_date", "end_date", "outcome", "dispute_number", "narrative"):
        person.go(field)
    person.ctrl(Key.Key_Return)
    assert len(person.view.desk.session.history.steps) == steps


def test_switching_to_another_window_does_not_commit(person: Person) -> None:
    steps = len(person.view.desk.session.history.steps)
    person.press(Key.Key_Down)
    person.go("start_date")
    person.retype("May 19")
    leave = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(person.focused, leave)
    assert person.read("start_date") == "May 19"
    assert person.note("start_date") == ""
    person.type("63")
    person.window.run("next_record")
    assert str(entry(person, 9101).start_date) == "May 1963"
    assert len(person.view.desk.session.history.steps) == steps + 1


def test_an_edit_that_cannot_be_written_stays_as_a_draft(person: Person, project: Path) -> None:
    person.press(Key.Key_Down)
    journal = project.with_name(project.name + ".journal")
    journal.mkdir()
    person.go("start_date")
    person.retype("May 1963")
    person.go("narrative")
    person.type("Then: ")
    person.ctrl(Key.Key_PageDown)
    assert person.title() == "MID 9102"
    assert "was not saved" in person.view.banner.text
    assert str(entry(person, 9101).start_date) == "March 15, 1963"
    journal.rmdir()
    person.ctrl(Key.Key_PageUp)
    assert person.read("start_date") == "May 1963"
    assert person.read("narrative").startswith("Then: Two bombers")
    person.view.commit_field()
    assert str(entry(person, 9101).start_date) == "May 1963"
    assert entry(person, 9101).narrative[0].startswith("Then: Two bombers")
