"""The record table: cells, sorting, filtering, and the logs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.history.log_panel import LogModel
from mideditor.ui.table.record_cells import RecordCells
from mideditor.ui.table.record_model import RecordTableModel
from tests.ui.conftest import Person, record_of

Key = Qt.Key


def cells(person: Person, column: str) -> list[str]:
    """The texts of a column."""
    model = person.view.table.model()
    section = [c.name for c in RECORD_COLUMNS].index(column)
    return [model.index(row, section).data() for row in range(model.rowCount())]


def test_the_columns_show_the_records(person: Person) -> None:
    assert cells(person, "dispute_number") == ["—", "9101", "9102", "9103"]
    assert cells(person, "dates")[2] == "January 28, 1964 to March 27, 1964"
    assert cells(person, "participants")[1] == "365 Russia / 2 United States of America"
    assert cells(person, "participants")[3] == "see 2 United States of America/816 Vietnam"


def test_the_models_pass_the_model_tester(person: Person, qtmodeltester: ModelTester) -> None:
    desk = person.view.desk
    qtmodeltester.check(RecordTableModel(desk.rows, desk.scheduler, person.window.theme))
    person.view.tabs.show_log(person.view.project_log)
    model = person.view.project_log.model
    assert isinstance(model, LogModel)
    qtmodeltester.check(model)


def test_sorting_keeps_the_current_record(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    person.view.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert cells(person, "dispute_number")[:3] == ["—", "9103", "9102"]
    assert person.title() == "MID 9102"
    assert person.view.table.currentIndex().row() == 2


def test_the_filter_limits_the_rows_and_esc_shows_all(person: Person) -> None:
    person.ctrl(Key.Key_F)
    person.type("united RUSSIA unclear")
    assert cells(person, "dispute_number") == ["9101"]
    assert person.view.count.text() == "1 of 4 records"
    person.type(" xyzzy")
    assert cells(person, "dispute_number") == []
    assert "Esc in the filter" in person.view.table.empty_text()
    person.press(Key.Key_Escape)
    assert person.view.count.text() == "4 records"


def test_an_edit_updates_its_row_at_once(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    assert cells(person, "changes")[1] == ""
    person.view.desk.commit("end_date", person.view.desk.parse("end_date", "March 1, 1963"))
    assert cells(person, "dates")[1] == "March 15, 1963 to March 1, 1963"
    assert cells(person, "changes")[1] == "1"
    assert cells(person, "findings")[1] == "1", "the dispute ends before it starts"


def test_findings_link_to_their_field(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.view.desk.commit("end_date", person.view.desk.parse("end_date", "March 1, 1963"))
    line = person.view.form.findings.lines[0]
    assert line.text() == "The dispute ends (March 1, 1963) before it starts (March 15, 1963)."
    line.click()
    assert person.view.field_with_focus() == "end_date"


def test_log_lines_link_to_their_field(person: Person, qtbot: QtBot) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.view.desk.commit("outcome", "Released")
    person.view.desk.select(record_of(person, 9102))
    person.ctrl(Key.Key_6)
    log = person.view.project_log
    shown = [log.model.index(0, column).data() for column in range(log.model.columnCount())]
    assert shown[3:6] == ["correction", "9101 · Outcome", "Unclear → Released"]
    log.table.setCurrentIndex(log.model.index(0, 0))
    person.press(Key.Key_Return)
    assert person.title() == "MID 9101"
    assert person.view.field_with_focus() == "outcome"


def test_undone_steps_are_struck_through_in_the_log(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.view.desk.commit("outcome", "Released")
    person.ctrl(Key.Key_Z)
    person.ctrl(Key.Key_5)
    model = person.view.record_log.model
    undone = model.index(1, 0)
    assert model.index(0, 3).data() == "undo of 2"
    assert undone.data(Qt.ItemDataRole.FontRole).strikeOut()


def test_a_cell_shows_plain_text_in_one_line_and_elides_it(person: Person) -> None:
    delegate = person.view.table.itemDelegate()
    assert isinstance(delegate, RecordCells)
    shown, width = delegate.elided("<b>1</b> Texas\n& others", 500, False)
    assert (shown, 60 < width < 500) == ("<b>1</b> Texas & others", True)
    shown, width = delegate.elided("1 Texas and others", 60, True)
    assert (shown[-1], width <= 60) == ("…", True)
