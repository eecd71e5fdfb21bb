"""Several records chosen in the table and changed at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mideditor.ui.table.bulk_edit_dialog import BulkEditDialog
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


@pytest.fixture
def chooser(person: Person) -> Person:
    """Someone who has narrowed the table to the entries and chosen them all."""
    person.view.filter.setText("kind:entry")
    person.view.table.setFocus()
    person.ctrl(Key.Key_A)
    assert len(person.view.table.chosen_records()) == 2
    return person


def choose(dialog: BulkEditDialog, field: str, value: str) -> None:
    dialog.field.setCurrentIndex(dialog.field.findText(field))
    if dialog.code.findText(value) >= 0:
        dialog.code.setCurrentIndex(dialog.code.findText(value))
    else:
        dialog.text.setText(value)


def test_a_code_is_set_for_all_in_one_step(chooser: Person) -> None:
    def answer(dialog: BulkEditDialog) -> None:
        choose(dialog, "Outcome", "Stalemate")
        dialog.reason.setEditText("Published so")
        assert dialog.now.text() == "Now Unclear (1), Released (1)"
        assert dialog.told.text() == "Recorded as coding change"
        assert dialog.go.text() == "Change 2 records"

    chooser.press(Key.Key_F4)
    chooser.answers.several = answer
    chooser.window.run("change_several")
    assert chooser.status() == "Outcome of 2 records · step 2, on disk"
    chooser.window.run("undo")
    chooser.window.run("redo")
    with reopened(chooser) as session:
        printed = [session.printed_changes(record)[-1].text for record in session.with_number(9102)]
        assert printed == ["Outcome changed from Released."]
        assert session.history.steps[1].reason == "Published so"


def test_a_value_that_is_none_is_refused_with_the_way_out(chooser: Person) -> None:
    dialog = BulkEditDialog(chooser.window, chooser.view.desk, chooser.view.table.chosen_records())
    chooser.bot.addWidget(dialog)
    choose(dialog, "Chapter", "seven")
    assert "is not a number" in dialog.told.text()
    assert not dialog.go.isEnabled()
    choose(dialog, "Chapter", "7")
    assert dialog.told.text() == "All of them have this value already."
    choose(dialog, "Chapter", "8")
    assert dialog.go.isEnabled()
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    chooser.bot.keyClick(dialog.table, Key.Key_Space)
    assert dialog.go.text() == "Change 1 record"
    assert dialog.wanted.records == [record_of(chooser, 9102)]


def test_one_record_is_not_several(person: Person) -> None:
    person.window.run("change_several")
    assert person.status().startswith("Choose several records first")
