"""Reviewing changes by keyboard, with the record of the current change selected."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


@pytest.fixture
def reviewer(person: Person) -> Person:
    """Cora, who reviews what Anna coded and corrected."""
    session = person.view.desk.session
    first, second = record_of(person, 9101), record_of(person, 9102)
    session.edit(ChangeKind.CODING, {first: {"outcome": Outcome.STALEMATE}}, reason="as published")
    session.edit(ChangeKind.CORRECTION, {second: {"fatalities": Fatalities.NONE}})
    session.edit(ChangeKind.CORRECTION, {second: {"narrative": ("A trainer was shot down.",)}})
    session.author = "Cora"
    person.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    return person


def rows(person: Person) -> list[tuple[str, str]]:
    model = person.view.changes.model
    return [(model.index(r, 0).data(), model.index(r, 1).data()) for r in range(model.rowCount())]


def test_the_record_of_the_current_change_is_selected(reviewer: Person) -> None:
    assert rows(reviewer) == [
        ("MID 9101", "Outcome"),
        ("MID 9102", "Fatalities"),
        ("MID 9102", "Narrative"),
    ]
    assert reviewer.title() == "MID 9101"
    assert reviewer.view.form.boxes["outcome"].editor.property("pointed")
    reviewer.press(Key.Key_Down)
    assert reviewer.title() == "MID 9102"
    assert reviewer.view.form.boxes["fatalities"].editor.property("pointed")
    assert not reviewer.view.form.boxes["outcome"].editor.property("pointed")
    reviewer.press(Key.Key_Return)
    assert reviewer.view.field_with_focus() == "fatalities"


def test_keys_accept_and_undo_a_change(reviewer: Person) -> None:
    reviewer.press(Key.Key_A)
    assert reviewer.status() == "1 step accepted · step 5, on disk"
    assert rows(reviewer) == [("MID 9102", "Fatalities"), ("MID 9102", "Narrative")]
    reviewer.press(Key.Key_U)
    assert reviewer.status() == "Step 3 taken back · step 6, on disk"
    assert reviewer.read("fatalities") == "1–25 deaths"
    reviewer.view.changes.filters.only_open.setChecked(False)
    assert reviewer.view.changes.model.index(0, 8).data() == "Cora"
    assert reviewer.view.changes.model.index(1, 8).data() == "open"
    reviewer.press(Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert reviewer.view.changes.model.index(1, 8).data() == "Cora"
    with reopened(reviewer) as session:
        assert [step.kind for step in session.history.steps[-3:]] == [
            ChangeKind.ACCEPT,
            ChangeKind.UNDO,
            ChangeKind.ACCEPT,
        ]


def test_the_list_is_filtered_and_closed_with_esc(reviewer: Person) -> None:
    panel = reviewer.view.changes
    panel.filters.words.setText("published")
    assert rows(reviewer) == [("MID 9101", "Outcome")]
    panel.filters.words.setText("nowhere")
    assert panel.empty.text().startswith("No change is like this")
    panel.filters.words.clear()
    panel.filters.kind.setCurrentText("correction")
    assert len(rows(reviewer)) == 2
    panel.filters.author.setCurrentText("Anna")
    panel.filters.period.setCurrentText("today")
    assert len(rows(reviewer)) == 2
    panel.table.setFocus()
    reviewer.press(Key.Key_Escape)
    assert reviewer.view.table.hasFocus()
    assert reviewer.view.records.currentIndex() == 0


def test_changes_can_be_sorted_by_record(reviewer: Person) -> None:
    session = reviewer.view.desk.session
    first = record_of(reviewer, 9101)
    session.edit(ChangeKind.CORRECTION, {first: {"fatalities": Fatalities.TO_25}})
    assert [title for title, _ in rows(reviewer)] == [
        "MID 9101",
        "MID 9102",
        "MID 9102",
        "MID 9101",
    ]
    reviewer.view.changes.filters.order.setCurrentText("by record")
    assert [title for title, _ in rows(reviewer)] == [
        "MID 9101",
        "MID 9101",
        "MID 9102",
        "MID 9102",
    ]


def test_the_list_can_be_limited_to_the_records_of_the_table(reviewer: Person) -> None:
    reviewer.press(Key.Key_Escape)
    reviewer.view.filter.setText("outcome:stalemate")
    reviewer.window.run("review_changes")
    reviewer.view.changes.filters.only_shown.setChecked(True)
    assert rows(reviewer) == [("MID 9101", "Outcome")]
    reviewer.view.changes.filters.only_shown.setChecked(False)
    assert len(rows(reviewer)) == 3
