"""One record edited as a person would: choose, type, leave the field, press the keys, and look."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox

from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.record import Entry
from mideditor.domain.steps import StepKind
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


def entry(person: Person, number: int) -> Entry:
    found = person.view.desk.session.record(record_of(person, number))
    assert isinstance(found, Entry)
    return found


def test_a_date_is_committed_on_leaving_the_field(person: Person) -> None:
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
        assert (step.kind, step.author) == (StepKind.CORRECTION, "Anna")
        assert step.changes[0].model_dump() == {
            "record": 2,
            "field": "start_date",
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


def test_what_is_no_date_stays_with_the_reason_and_nothing_is_changed(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("end_date")
    person.retype("5/2/1963")
    person.ctrl(Key.Key_PageDown)
    assert person.title() == "MID 9102"
    assert str(entry(person, 9101).end_date) == "March 15, 1963"
    person.ctrl(Key.Key_PageUp)
    assert person.read("end_date") == "5/2/1963", "what was typed is not lost"
    assert "is not a date" in person.note("end_date")
    person.press(Key.Key_Escape)
    assert person.read("end_date") == "March 15, 1963"
    assert person.note("end_date") == ""


def test_closing_with_an_uncommitted_text_asks_once(person: Person) -> None:
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
        assert (first.kind, first.reason) == (StepKind.CODING, "The data set has it")
        assert (second.kind, second.reason) == (StepKind.CORRECTION, "The data set has it")


def test_picking_from_the_open_list_counts_at_once(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("settlement")
    combo = person.cursor
    assert isinstance(combo, QComboBox)
    combo.showPopup()
    person.bot.keyClick(combo.view(), Key.Key_Home)
    person.bot.keyClick(combo.view(), Key.Key_Return)
    assert str(entry(person, 9101).settlement) == "Negotiated"


def test_ctrl_z_undoes_the_typing_first_and_then_the_step(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("start_date")
    person.retype("May 1963")
    person.ctrl(Key.Key_Return)
    person.type("x")
    person.ctrl(Key.Key_Z)
    assert person.read("start_date") == "May 1963", "the field's own typing first"
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
    assert person.title() == "MID 9101", "undo shows where it happened"
    with reopened(person) as session:
        assert [step.kind for step in session.history.steps[-2:]] == [
            StepKind.CORRECTION,
            StepKind.UNDO,
        ]


def test_one_key_takes_a_field_back(person: Person) -> None:
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


def test_the_same_field_keeps_the_cursor_from_record_to_record(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("outcome")
    person.ctrl(Key.Key_PageDown)
    assert person.title() == "MID 9102"
    assert person.view.field_with_focus() == "outcome"


def test_marking_as_coded_goes_on_to_the_next(person: Person) -> None:
    person.press(Key.Key_Down)
    person.ctrl(Key.Key_M)
    assert entry(person, 9101).review.value == "coded"
    assert person.title() == "MID 9102"


def test_nothing_typed_is_a_step_of_its_own(person: Person) -> None:
    steps = len(person.view.desk.session.history.steps)
    person.press(Key.Key_Down)
    for field in ("start_date", "end_date", "outcome", "dispute_number", "narrative"):
        person.go(field)
    person.ctrl(Key.Key_Return)
    assert len(person.view.desk.session.history.steps) == steps


def test_another_window_does_not_commit_what_is_half_typed(person: Person) -> None:
    steps = len(person.view.desk.session.history.steps)
    person.press(Key.Key_Down)
    person.go("start_date")
    person.retype("May 19")
    leave = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(person.cursor, leave)
    assert person.read("start_date") == "May 19"
    assert person.note("start_date") == ""
    person.type("63")
    person.window.run("next_record")
    assert str(entry(person, 9101).start_date) == "May 1963"
    assert len(person.view.desk.session.history.steps) == steps + 1


def test_what_the_disk_refuses_is_kept_until_it_can_be_committed(
    person: Person, project: Path
) -> None:
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
