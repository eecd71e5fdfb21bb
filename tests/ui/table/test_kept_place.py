"""The selection and the scroll position of the table survive sorting, filtering and edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.session.table.sorting import order_from_text
from mideditor.ui.table.record_table import RecordTable
from mideditor.ui.window import MainWindow
from tests.session.chapters import id_at, imported, one_entry
from tests.ui.conftest import Person

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CROWD = 200
CROWD_TEXT = "".join(
    one_entry(number).replace("Stalemate", "Released" if number % 2 == 0 else "Stalemate")
    for number in range(1, CROWD + 1)
)
"""Entries 1 to 200; those of even numbers end in a release."""
MORE = one_entry(901) + one_entry(902)
"""Two entries to be imported later."""

ID = {number: id_at(CROWD_TEXT, f"MID#{number}") for number in range(1, CROWD + 1)}
ID |= {number: id_at(MORE, f"MID#{number}") for number in (901, 902)}
"""The ids of the records by their dispute numbers, by which the tests speak of them."""
NUMBER = {record: number for number, record in ID.items()}


@pytest.fixture
def reader(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """A user with a project of two hundred entries."""
    imported(tmp_path, CROWD_TEXT, "crowd").close()
    assert window.open(tmp_path / "crowd.mid.json")
    return Person(window, qtbot)


def select(table: RecordTable, *numbers: int) -> None:
    """Select rows like clicks with Ctrl; the last row becomes the current one."""
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for number in numbers:
        row = table.rows.row_of(ID[number])
        assert row is not None
        index = table.rows.index(row, 0)
        table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


def selected(table: RecordTable) -> list[int]:
    """The numbers of the selected records, from top to bottom."""
    return [NUMBER[record] for record in table.selected_records()]


def top_of(table: RecordTable, number: int) -> int:
    """The vertical position of the row of a record in the viewport, in pixels."""
    row = table.rows.row_of(ID[number])
    assert row is not None
    return table.rowViewportPosition(row)


def is_visible(table: RecordTable, number: int) -> bool:
    return 0 <= top_of(table, number) < table.viewport().height() - table.rowHeight(0)


def undo_import(reader: Person) -> None:
    """Undo, and answer that the records are to be taken out."""
    reader.window.run("undo")
    reader.answer_banner()


class TestSorting:
    def test_selected_rows_stay_selected(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 7, 8, 9, 150)
        table.sort_by(order_from_text("-dispute_number"))
        assert selected(table) == [150, 9, 8, 7]
        table.sort_by(order_from_text("outcome"))
        assert sorted(selected(table)) == [7, 8, 9, 150]
        assert reader.title() == "MID 150"
        assert table.rows.record_at(table.currentIndex().row()) == ID[150]

    def test_a_selection_of_all_rows_stays(self, reader: Person) -> None:
        table = reader.view.table
        reader.ctrl(Key.Key_A)
        table.sort_by(order_from_text("outcome -dispute_number"))
        assert len(selected(table)) == CROWD

    def test_the_current_record_keeps_its_position(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 100)
        before = top_of(table, 100)
        table.sort_by(order_from_text("outcome -dispute_number"))
        assert top_of(table, 100) == before
        table.sort_by(())
        assert top_of(table, 100) == before

    def test_if_it_is_scrolled_away_the_topmost_record_keeps_its_position(
        self, reader: Person
    ) -> None:
        table = reader.view.table
        select(table, 1)
        table.verticalScrollBar().setValue(119)
        assert top_of(table, 120) == 0
        table.sort_by(order_from_text("-dispute_number"))
        assert top_of(table, 120) == 0
        assert selected(table) == [1]
        assert not is_visible(table, 1)

    def test_the_current_column_stays(self, reader: Person) -> None:
        table = reader.view.table
        table.setCurrentIndex(table.rows.index(4, 3))
        table.sort_by(order_from_text("-dispute_number"))
        assert table.currentIndex().column() == 3


class TestFiltering:
    def test_hidden_rows_come_back_selected(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 10, 11, 12)
        reader.view.filter.setText("outcome:stalemate")
        assert selected(table) == [11]
        reader.view.filter.clear()
        assert selected(table) == [10, 11, 12]
        assert reader.title() == "MID 12"

    def test_but_not_after_other_rows_were_selected(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 10, 11, 12)
        reader.view.filter.setText("outcome:stalemate")
        select(table, 13, 15)
        reader.view.filter.clear()
        assert selected(table) == [13, 15]

    def test_the_current_record_keeps_its_position_or_becomes_visible(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 100)
        before = top_of(table, 100)
        reader.view.filter.setText("outcome:released")
        assert top_of(table, 100) == before
        reader.view.filter.setText("outcome:stalemate")
        assert selected(table) == []
        table.verticalScrollBar().setValue(0)
        reader.view.filter.clear()
        assert is_visible(table, 100)
        assert selected(table) == [100]

    def test_if_it_is_hidden_the_next_visible_record_keeps_its_position(
        self, reader: Person
    ) -> None:
        table = reader.view.table
        select(table, 1)
        table.verticalScrollBar().setValue(119)
        top = top_of(table, 121)
        reader.view.filter.setText("outcome:stalemate")
        assert top_of(table, 121) == top

    def test_if_the_current_record_is_filtered_out_the_table_scrolls_to_the_top(
        self, reader: Person
    ) -> None:
        table = reader.view.table
        select(table, 100)
        reader.ctrl(Key.Key_F)
        reader.type("outcome:stalemate")
        assert reader.title() == "MID 100", "a search does not change the current record"
        assert table.verticalScrollBar().value() == 0
        reader.press(Key.Key_Down)
        assert reader.focused is table
        assert reader.title() == "MID 1"
        reader.press(Key.Key_Down)
        assert reader.title() == "MID 3"

    def test_a_search_without_results_keeps_the_current_record(self, reader: Person) -> None:
        select(reader.view.table, 100)
        reader.ctrl(Key.Key_F)
        reader.type("zebra")
        reader.press(Key.Key_Down)
        assert reader.title() == "MID 100"


class TestSteps:
    def test_an_edit_keeps_selection_and_position(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 98, 99, 100)
        before = top_of(table, 100)
        reader.view.desk.commit("outcome", "Compromise")
        assert (selected(table), top_of(table, 100)) == ([98, 99, 100], before)

    def test_its_undo_does_too(self, reader: Person) -> None:
        table = reader.view.table
        select(table, 98, 99, 100)
        session = reader.view.desk.session
        values = {ID[number]: {"outcome": "Compromise"} for number in (98, 99, 100)}
        session.edit(ChangeKind.CORRECTION, values)
        before = top_of(table, 100)
        reader.window.run("undo")
        assert (selected(table), top_of(table, 100)) == ([98, 99, 100], before)
        reader.window.run("redo")
        assert (selected(table), top_of(table, 100)) == ([98, 99, 100], before)

    def test_an_undo_elsewhere_selects_the_changed_record(self, reader: Person) -> None:
        table = reader.view.table
        reader.view.desk.session.edit(ChangeKind.CORRECTION, {ID[180]: {"outcome": "Compromise"}})
        select(table, 98, 99, 100)
        reader.window.run("undo")
        assert selected(table) == [180]
        assert is_visible(table, 180)

    def test_an_import_and_its_undo(self, reader: Person, tmp_path: Path) -> None:
        table = reader.view.table
        select(table, 98, 99, 100)
        text = tmp_path / "more.txt"
        text.write_text(MORE, encoding="utf-8")
        reader.answers.texts = [text]
        reader.window.run("import_texts")
        reader.bot.waitUntil(lambda: not reader.window.scheduler.running)
        assert reader.title() == "MID 901"
        select(table, 98, 99, 901, 100)
        before = top_of(table, 100)
        undo_import(reader)
        assert selected(table) == [98, 99, 100]
        assert (reader.title(), top_of(table, 100)) == ("MID 100", before)
        reader.window.run("redo")
        assert (selected(table), top_of(table, 100)) == ([98, 99, 100, 901], before)

    def test_undo_removes_the_current_record(self, reader: Person, tmp_path: Path) -> None:
        table = reader.view.table
        text = tmp_path / "more.txt"
        text.write_text(MORE, encoding="utf-8")
        reader.answers.texts = [text]
        reader.window.run("import_texts")
        reader.bot.waitUntil(lambda: not reader.window.scheduler.running)
        select(table, 98, 99, 901)
        undo_import(reader)
        assert selected(table) == [98, 99]
        assert reader.view.desk.record_id is None


def test_moving_within_the_selected_rows_keeps_the_selection(reader: Person) -> None:
    table = reader.view.table
    select(table, 98, 99, 100)
    reader.window.run("previous_record")
    assert (reader.title(), selected(table)) == ("MID 99", [98, 99, 100])
    reader.view.desk.select(ID[50])
    assert selected(table) == [50]
