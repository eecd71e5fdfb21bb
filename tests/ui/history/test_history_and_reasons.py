"""The history of a field, missing reasons, and the comparison of two versions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.ui.history.field_history import FieldHistory
from mideditor.ui.history.reasons_dialog import ReasonsDialog
from mideditor.ui.history.versions_dialog import VersionsDialog
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


@pytest.fixture
def coded(person: Person) -> Person:
    """A user who coded two outcomes without a reason and made one correction with a reason."""
    session = person.view.desk.session
    first, second = record_of(person, 9101), record_of(person, 9102)
    session.edit(ChangeKind.CODING, {first: {"outcome": Outcome.STALEMATE}})
    session.edit(ChangeKind.CODING, {second: {"outcome": Outcome.STALEMATE}})
    session.edit(
        ChangeKind.CORRECTION, {first: {"fatalities": Fatalities.TO_25}}, reason="p. 950, line 7"
    )
    person.view.desk.select(first)
    return person


def shown_history(person: Person) -> FieldHistory:
    (found,) = person.view.findChildren(FieldHistory)
    assert found.isVisible()
    return found


def test_f7_shows_the_history_of_the_field_and_esc_closes_it(coded: Person) -> None:
    coded.go("fatalities")
    coded.press(Key.Key_F7)
    history = shown_history(coded)
    assert history.summary.text() == "Fatalities, as first read: None"
    row = [history.model.index(0, column).data() for column in range(2, 6)]
    assert row == ["correction", "None", "1–25 deaths", "p. 950, line 7"]
    with coded.bot.waitSignal(history.destroyed):
        coded.bot.keyClick(history.table, Key.Key_Escape)


def test_an_unchanged_field_says_so(coded: Person) -> None:
    history = FieldHistory(coded.view.desk, coded.window.theme, "settlement", coded.window)
    coded.bot.addWidget(history)
    assert history.summary.text() == "Settlement is as it was read. Nobody has changed it."


def test_one_reason_is_given_to_all_marked_changes(coded: Person) -> None:
    desk = coded.view.desk
    dialog = ReasonsDialog(coded.window, desk)
    coded.bot.addWidget(dialog)
    rows = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    assert rows == ["MID 9101", "MID 9102"]
    give = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not give.isEnabled(), "a reason is needed"
    dialog.reason.setEditText("Published as Stalemate")
    assert give.isEnabled()
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    coded.bot.keyClick(dialog.table, Key.Key_Space)
    assert [step.number for step in dialog.given.steps] == [2]
    coded.bot.keyClick(dialog.table, Key.Key_Space)

    coded.answers.given_reason = dialog.given
    coded.window.run("owed_reasons")
    assert coded.status() == "Reason given for 2 steps · step 5, on disk"
    coded.window.run("owed_reasons")
    assert coded.status() == "No coding change owes its reason."
    coded.window.run("undo")
    assert len(desk.session.history.needing_reason()) == 2
    coded.window.run("redo")
    with reopened(coded) as session:
        assert session.history.needing_reason() == []


def test_f7_at_a_printed_sentence_shows_the_steps_behind_it(coded: Person) -> None:
    coded.go("coding_changes")
    assert coded.read("coding_changes") == "Outcome changed from Unclear."
    coded.ctrl(Key.Key_Home)
    coded.press(Key.Key_F7)
    history = shown_history(coded)
    assert history.summary.text() == "Outcome, as first read: Unclear"
    assert history.model.index(0, 2).data() == "coding change"
    with coded.bot.waitSignal(history.destroyed):
        coded.bot.keyClick(history.table, Key.Key_Escape)


def test_two_versions_are_compared_and_the_earlier_one_is_restored(coded: Person) -> None:
    def compare(dialog: VersionsDialog) -> None:
        assert dialog.summary.text() == "2 fields differ"
        rows = [dialog.model.index(row, 1).data() for row in range(2)]
        assert rows == ["Outcome", "Fatalities"]
        dialog.first.setCurrentIndex(1)
        assert dialog.summary.text() == "1 field differs"
        dialog.second.setCurrentIndex(1)
        assert dialog.summary.text() == "The record is the same at both moments."
        assert dialog.restore_button.isEnabled()
        dialog.first.setCurrentIndex(0)

    coded.answers.versions = compare
    coded.press(Key.Key_M, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert coded.read("outcome") == "Unclear"
    assert coded.read("fatalities") == "None"
    assert coded.read("coding_changes") == ""
