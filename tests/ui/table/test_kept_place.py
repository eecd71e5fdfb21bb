"""The chosen rows and the scroll place stay with their records, whatever is done to the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from mideditor.domain.record import RecordId
from mideditor.domain.steps import StepKind
from mideditor.session.table.sorting import order_from_text
from mideditor.ui.table.record_table import RecordTable
from mideditor.ui.window import MainWindow
from tests.session.chapters import imported, one_entry
from tests.ui.conftest import Person

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CROWD = 200
EVEN_ARE_RELEASED = "".join(
    one_entry(number).replace("Stalemate", "Released" if number % 2 == 0 else "Stalemate")
    for number in range(1, CROWD + 1)
)
"""Entries 1 to 200, with the ids 1 to 200; those of even numbers end in a release."""


@pytest.fixture
def reader(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """Someone who looks at two hundred entries."""
    imported(tmp_path, EVEN_ARE_RELEASED, "crowd").close()
    assert window.open(tmp_path / "crowd.mid.json")
    return Person(window, qtbot)


def choose(table: RecordTable, *records: RecordId) -> None:
    """Choose rows as clicks with Ctrl do, the last of them the current one."""
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for record in records:
        row = table.rows.row_of(record)
        assert row is not None
        index = table.rows.index(row, 0)
        table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


def height(table: RecordTable, record: RecordId) -> int:
    """Where in the table the row of a record is seen, in pixels from its top."""
    row = table.rows.row_of(record)
    assert row is not None
    return table.rowViewportPosition(row)


def in_sight(table: RecordTable, record: RecordId) -> bool:
    return 0 <= height(table, record) < table.viewport().height() - table.rowHeight(0)


class TestSorting:
    def test_chosen_rows_stay_chosen(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 7, 8, 9, 150)
        table.sort_by(order_from_text("-dispute_number"))
        assert table.chosen_records() == [150, 9, 8, 7]
        table.sort_by(order_from_text("outcome"))
        assert sorted(table.chosen_records()) == [7, 8, 9, 150]
        assert reader.title() == "MID 150"
        assert table.rows.record_at(table.currentIndex().row()) == 150

    def test_all_stay_chosen(self, reader: Person) -> None:
        table = reader.view.table
        reader.ctrl(Key.Key_A)
        table.sort_by(order_from_text("outcome -dispute_number"))
        assert len(table.chosen_records()) == CROWD

    def test_the_record_on_the_desk_stays_at_its_height(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 100)
        before = height(table, 100)
        table.sort_by(order_from_text("outcome -dispute_number"))
        assert height(table, 100) == before
        table.sort_by(())
        assert height(table, 100) == before

    def test_where_one_has_scrolled_away_from_it_the_topmost_record_does(
        self, reader: Person
    ) -> None:
        table = reader.view.table
        choose(table, 1)
        table.verticalScrollBar().setValue(119)
        assert height(table, 120) == 0
        table.sort_by(order_from_text("-dispute_number"))
        assert height(table, 120) == 0
        assert table.chosen_records() == [1]
        assert not in_sight(table, 1)

    def test_the_column_of_the_cursor_stays(self, reader: Person) -> None:
        table = reader.view.table
        table.setCurrentIndex(table.rows.index(4, 3))
        table.sort_by(order_from_text("-dispute_number"))
        assert table.currentIndex().column() == 3


class TestFiltering:
    def test_hidden_rows_come_back_chosen(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 10, 11, 12)
        reader.view.filter.setText("outcome:stalemate")
        assert table.chosen_records() == [11]
        reader.view.filter.clear()
        assert table.chosen_records() == [10, 11, 12]
        assert reader.title() == "MID 12"

    def test_but_not_where_others_were_chosen_meanwhile(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 10, 11, 12)
        reader.view.filter.setText("outcome:stalemate")
        choose(table, 13, 15)
        reader.view.filter.clear()
        assert table.chosen_records() == [13, 15]

    def test_the_record_on_the_desk_stays_at_its_height_or_comes_into_sight(
        self, reader: Person
    ) -> None:
        table = reader.view.table
        choose(table, 100)
        before = height(table, 100)
        reader.view.filter.setText("outcome:released")
        assert height(table, 100) == before
        reader.view.filter.setText("outcome:stalemate")
        assert table.chosen_records() == []
        table.verticalScrollBar().setValue(0)
        reader.view.filter.clear()
        assert in_sight(table, 100)
        assert table.chosen_records() == [100]

    def test_where_it_is_hidden_the_next_one_in_sight_stays(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 1)
        table.verticalScrollBar().setValue(119)
        below = height(table, 121)
        reader.view.filter.setText("outcome:stalemate")
        assert height(table, 121) == below

    def test_where_the_record_on_the_desk_is_not_found_the_first_row_is_in_sight(
        self, reader: Person
    ) -> None:
        table = reader.view.table
        choose(table, 100)
        reader.ctrl(Key.Key_F)
        reader.type("outcome:stalemate")
        assert reader.title() == "MID 100", "looking for something leaves the desk as it is"
        assert table.verticalScrollBar().value() == 0
        reader.press(Key.Key_Down)
        assert reader.cursor is table
        assert reader.title() == "MID 1"
        reader.press(Key.Key_Down)
        assert reader.title() == "MID 3"

    def test_from_a_line_that_finds_nothing_the_desk_is_left_as_it_is(self, reader: Person) -> None:
        choose(reader.view.table, 100)
        reader.ctrl(Key.Key_F)
        reader.type("zebra")
        reader.press(Key.Key_Down)
        assert reader.title() == "MID 100"


class TestSteps:
    def test_an_edit_moves_nothing(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 98, 99, 100)
        before = height(table, 100)
        reader.view.desk.commit("outcome", "Compromise")
        assert (table.chosen_records(), height(table, 100)) == ([98, 99, 100], before)

    def test_nor_does_its_undo(self, reader: Person) -> None:
        table = reader.view.table
        choose(table, 98, 99, 100)
        session = reader.view.desk.session
        values = {record: {"outcome": "Compromise"} for record in (98, 99, 100)}
        session.edit(StepKind.CORRECTION, values)
        before = height(table, 100)
        reader.window.run("undo")
        assert (table.chosen_records(), height(table, 100)) == ([98, 99, 100], before)
        reader.window.run("redo")
        assert (table.chosen_records(), height(table, 100)) == ([98, 99, 100], before)

    def test_an_undo_elsewhere_shows_where(self, reader: Person) -> None:
        table = reader.view.table
        reader.view.desk.session.edit(StepKind.CORRECTION, {180: {"outcome": "Compromise"}})
        choose(table, 98, 99, 100)
        reader.window.run("undo")
        assert table.chosen_records() == [180]
        assert in_sight(table, 180)

    def test_an_import_and_its_undo(self, reader: Person, tmp_path: Path) -> None:
        table = reader.view.table
        choose(table, 98, 99, 100)
        text = tmp_path / "more.txt"
        text.write_text(one_entry(901) + one_entry(902), encoding="utf-8")
        reader.answers.texts = [text]
        reader.window.run("import_texts")
        reader.bot.waitUntil(lambda: not reader.window.scheduler.running)
        assert reader.title() == "MID 901"
        choose(table, 98, 99, 201, 100)
        before = height(table, 100)
        reader.window.run("undo")
        assert table.chosen_records() == [98, 99, 100]
        assert (reader.title(), height(table, 100)) == ("MID 100", before)
        reader.window.run("redo")
        assert (table.chosen_records(), height(table, 100)) == ([98, 99, 100, 201], before)

    def test_the_record_on_the_desk_is_undone_away(self, reader: Person, tmp_path: Path) -> None:
        table = reader.view.table
        text = tmp_path / "more.txt"
        text.write_text(one_entry(901), encoding="utf-8")
        reader.answers.texts = [text]
        reader.window.run("import_texts")
        reader.bot.waitUntil(lambda: not reader.window.scheduler.running)
        choose(table, 98, 99, 201)
        reader.window.run("undo")
        assert table.chosen_records() == [98, 99]
        assert reader.view.desk.record_id is None


def test_going_on_within_the_chosen_rows_keeps_them_chosen(reader: Person) -> None:
    table = reader.view.table
    choose(table, 98, 99, 100)
    reader.window.run("previous_record")
    assert (reader.title(), table.chosen_records()) == ("MID 99", [98, 99, 100])
    reader.view.desk.select(50)
    assert table.chosen_records() == [50]
