"""Changing one field of several selected records at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mideditor.ui.table.bulk_edit_dialog import BulkEditDialog
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


@pytest.fixture
def selector(person: Person) -> Person:
    """A user who filtered the table by kind and selected all entries."""
    person.view.filter.setText("kind:entry")
    person.view.table.setFocus()
    person.ctrl(Key.Key_A)
    assert len(person.view.table.selected_records()) == 2
    return person


def fill_in(dialog: BulkEditDialog, field: str, value: str) -> None:
    dialog.field.setCurrentIndex(dialog.field.findText(field))
    if dialog.code.findText(value) >= 0:
        dialog.code.setCurrentIndex(dialog.code.findText(value))
    else:
        dialog.text.setText(value)


def test_a_code_is_set_for_all_in_one_step(selector: Person) -> None:
    def answer(dialog: BulkEditDialog) -> None:
        fill_in(dialog, "Outcome", "Stalemate")
        dialog.reason.setEditText("Published so")
        assert dialog.current_values.text() == "Now Unclear (1), Released (1)"
        assert dialog.message.text() == "Recorded as coding change"
        assert dialog.apply_button.text() == "Change 2 records"

    selector.press(Key.Key_F4)
    selector.answers.fill_bulk_edit = answer
    selector.window.run("change_several")
    assert selector.status() == "Outcome of 2 records · step 2, on disk"
    selector.window.run("undo")
    selector.window.run("redo")
    with reopened(selector) as session:
        printed = [session.printed_changes(record)[-1].text for record in session.with_number(9102)]
        assert printed == ["Outcome changed from Released."]
        assert session.history.steps[1].reason == "Published so"


def test_an_invalid_value_is_rejected_with_a_message(selector: Person) -> None:
    dialog = BulkEditDialog(
        selector.window, selector.view.desk, selector.view.table.selected_records()
    )
    selector.bot.addWidget(dialog)
    fill_in(dialog, "Chapter", "seven")
    assert "is not a number" in dialog.message.text()
    assert not dialog.apply_button.isEnabled()
    fill_in(dialog, "Chapter", "7")
    assert dialog.message.text() == "All of them have this value already."
    fill_in(dialog, "Chapter", "8")
    assert dialog.apply_button.isEnabled()
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    selector.bot.keyClick(dialog.table, Key.Key_Space)
    assert dialog.apply_button.text() == "Change 1 record"
    assert dialog.bulk_edit.records == [record_of(selector, 9102)]


def test_one_selected_record_is_not_enough(person: Person) -> None:
    person.window.run("change_several")
    assert person.status().startswith("Choose several records first")
