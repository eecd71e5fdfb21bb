"""Sorting by several columns, hiding columns and copying rows, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit

from mideditor.domain.changes import ChangeKind
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.table.column_list import ColumnList
from tests.ui.conftest import Person, record_of

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALONE = Qt.KeyboardModifier.NoModifier
SECTION = {column.title: section for section, column in enumerate(RECORD_COLUMNS)}


def click(person: Person, title: str, modifier: Qt.KeyboardModifier = ALONE) -> None:
    """Click the title of a column."""
    header = person.view.table.header
    middle = (
        header.sectionViewportPosition(SECTION[title]) + header.sectionSize(SECTION[title]) // 2
    )
    place = QPoint(middle, header.height() // 2)
    person.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def numbers(person: Person) -> list[str]:
    model = person.view.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def column_list(person: Person) -> ColumnList:
    found = person.view.table.findChild(ColumnList)
    assert isinstance(found, ColumnList)
    return found


def clipboard() -> tuple[str, str]:
    held = QApplication.clipboard().mimeData()
    return held.text(), held.html()


class TestClicks:
    def test_clicks_cycle_the_order_of_a_column(self, person: Person) -> None:
        assert numbers(person) == ["—", "9101", "9102", "9103"]
        click(person, "Number")
        assert numbers(person) == ["9101", "9102", "9103", "—"]
        assert person.status() == "Sorted by Number"
        click(person, "Number")
        assert numbers(person) == ["—", "9103", "9102", "9101"]
        assert person.status() == "Sorted by Number (largest first)"
        click(person, "Number")
        assert numbers(person) == ["—", "9101", "9102", "9103"]
        assert person.status() == "In the order of the source"

    def test_shift_adds_a_column(self, person: Person) -> None:
        click(person, "Fatalities")
        click(person, "Dates", SHIFT)
        click(person, "Dates", SHIFT)
        assert person.status() == "Sorted by Fatalities, then Dates (newest first)"
        assert numbers(person) == ["—", "9103", "9102", "9101"]
        click(person, "Dates", SHIFT)
        assert person.status() == "Sorted by Fatalities"
        click(person, "Dates")
        assert person.status() == "Sorted by Dates"

    def test_a_click_on_a_title_selects_no_row(self, person: Person) -> None:
        before = person.view.table.selected_records()
        click(person, "Outcome")
        assert person.view.table.selected_records() == before
        assert person.title() == "Fragment"

    def test_tool_tip_and_accessible_text_give_the_order(self, person: Person) -> None:
        click(person, "Fatalities")
        click(person, "Dates", SHIFT)
        click(person, "Dates", SHIFT)

        def header_text(title: str, role: Qt.ItemDataRole) -> str:
            model = person.view.table.model()
            return str(model.headerData(SECTION[title], Qt.Orientation.Horizontal, role))

        tip = header_text("Number", Qt.ItemDataRole.ToolTipRole)
        assert tip.startswith("Sorted by Fatalities, then Dates (newest first).\nA click sorts")
        spoken = Qt.ItemDataRole.AccessibleTextRole
        assert header_text("Dates", spoken) == "Dates, 2. to sort by, newest first"
        assert header_text("Number", spoken) == "Number"

    def test_sorted_columns_have_an_indicator(self, person: Person) -> None:
        header = person.view.table.header

        def picture(title: str) -> bytes:
            left, width = (
                header.sectionViewportPosition(SECTION[title]),
                header.sectionSize(SECTION[title]),
            )
            shown = header.viewport().grab().toImage().copy(left, 0, width, header.height())
            return bytes(shown.constBits())

        plain = picture("Outcome")
        click(person, "Outcome")
        person.bot.mouseMove(person.view.table.viewport())
        up = picture("Outcome")
        click(person, "Outcome")
        down = picture("Outcome")
        click(person, "Dates", SHIFT)
        ranked = picture("Outcome")
        assert len({plain, up, down, ranked}) == 4


class TestColumnList:
    def test_enter_sorts_and_shift_enter_adds(self, person: Person) -> None:
        person.press(Key.Key_O, Qt.KeyboardModifier.ControlModifier, SHIFT)
        columns = column_list(person)
        assert person.focused is columns.table
        assert columns.summary.text() == "In the order of the source"
        for _ in range(SECTION["Fatalities"]):
            person.press(Key.Key_Down)
        person.press(Key.Key_Return)
        for _ in range(SECTION["Fatalities"] - SECTION["Dates"]):
            person.press(Key.Key_Up)
        person.press(Key.Key_Return, SHIFT)
        person.press(Key.Key_Return, SHIFT)
        assert columns.summary.text() == "Sorted by Fatalities, then Dates (newest first)"
        assert columns.model.index(SECTION["Dates"], 1).data() == "2. newest first"
        assert numbers(person) == ["—", "9103", "9102", "9101"]
        person.press(Key.Key_Escape)
        person.bot.waitUntil(lambda: person.view.table.findChild(ColumnList) is None)

    def test_space_hides_a_column_and_shows_it_again(self, person: Person) -> None:
        table = person.view.table
        person.window.run("choose_columns")
        person.press(Key.Key_Down)
        person.press(Key.Key_Space)
        assert table.isColumnHidden(SECTION["Dates"])
        assert [column.title for column in table.shown_columns()][:2] == ["Number", "Participants"]
        person.press(Key.Key_Space)
        assert not table.isColumnHidden(SECTION["Dates"])
        column_list(person).close()

    def test_the_last_column_cannot_be_hidden(self, person: Person) -> None:
        person.window.run("choose_columns")
        for _ in range(len(person.view.table.shown_columns())):
            person.press(Key.Key_Space)
            person.press(Key.Key_Down)
        assert [column.title for column in person.view.table.shown_columns()] == ["Findings"]
        column_list(person).close()


def test_the_context_menu_of_the_header_hides_columns(person: Person) -> None:
    table = person.view.table
    table.header.menu_requested.emit(table.header.mapToGlobal(QPoint(10, 10)))
    menu = table.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    shown = [column for column in RECORD_COLUMNS if actions[column.title].isChecked()]
    assert shown == table.shown_columns()
    actions["Settlement"].trigger()
    assert table.isColumnHidden(SECTION["Settlement"])
    actions["Settlement"].trigger()
    assert not table.isColumnHidden(SECTION["Settlement"])
    menu.close()


def test_order_and_columns_are_remembered(person: Person) -> None:
    click(person, "Fatalities")
    click(person, "Dates", SHIFT)
    click(person, "Dates", SHIFT)
    person.view.table.hide_column(SECTION["Settlement"], True)
    path = person.view.desk.session.path
    assert person.window.close_project()
    assert person.window.open(path)
    assert numbers(person) == ["—", "9103", "9102", "9101"]
    assert person.view.table.isColumnHidden(SECTION["Settlement"])
    click(person, "Dates", SHIFT)
    assert person.status() == "Sorted by Fatalities"


class TestCopying:
    def test_the_selected_rows_are_copied_with_titles(self, person: Person) -> None:
        table = person.view.table
        for title in ("Settlement", "Fatalities", "Review", "Changes", "Findings"):
            table.hide_column(SECTION[title], True)
        table.header.moveSection(table.header.visualIndex(SECTION["Outcome"]), 1)
        table.selectRow(2)
        person.press(Key.Key_Down, SHIFT)
        person.ctrl(Key.Key_C)
        text, html = clipboard()
        assert text == (
            "Number\tOutcome\tDates\tParticipants\n"
            "9102\tReleased\tJanuary 28, 1964 to March 27, 1964\t"
            "2 United States of America, 200 United Kingdom / 365 Russia\n"
            "9103\t\tMay 1964\tsee 2 United States of America/816 Vietnam\n"
        )
        assert html == (
            "<table>\n<tr><th>Number</th><th>Outcome</th><th>Dates</th><th>Participants</th></tr>\n"
            "<tr><td>9102</td><td>Released</td><td>January 28, 1964 to March 27, 1964</td>"
            "<td>2 United States of America, 200 United Kingdom / 365 Russia</td></tr>\n"
            "<tr><td>9103</td><td></td><td>May 1964</td>"
            "<td>see 2 United States of America/816 Vietnam</td></tr>\n</table>\n"
        )
        assert person.status() == "2 rows copied"

    @pytest.mark.parametrize(
        ("unread", "in_text", "in_html"),
        [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)", "&#x27;=HYPERLINK(1)"),
            ("  +1\tand\n2", "'+1 and 2", "&#x27;+1 and 2"),
            ("<b>Russia</b> & co", "<b>Russia</b> & co", "&lt;b&gt;Russia&lt;/b&gt; &amp; co"),
        ],
    )
    def test_formulas_and_markup_are_escaped(
        self, person: Person, unread: str, in_text: str, in_html: str
    ) -> None:
        session, record = person.view.desk.session, record_of(person, 9101)
        session.edit(ChangeKind.CORRECTION, {record: {"side_a": {"unread": unread}}})
        person.view.desk.select(record)
        person.window.run("copy_rows")
        text, html = clipboard()
        assert text.splitlines()[1].split("\t")[2] == in_text
        assert len(text.splitlines()) == 2
        assert f"<td>{in_html}</td>" in html
        assert person.status() == "1 row copied"

    def test_in_a_field_its_text_is_copied(self, person: Person) -> None:
        person.view.desk.select(record_of(person, 9101))
        person.go("narrative")
        editor = person.focused
        assert isinstance(editor, QTextEdit)
        person.ctrl(Key.Key_A)
        person.ctrl(Key.Key_C)
        assert clipboard()[0] == "Two bombers crossed the coast and turned back. Nobody was hurt."

    def test_without_selected_rows_nothing_is_copied(self, person: Person) -> None:
        QApplication.clipboard().setText("as before")
        person.view.table.clearSelection()
        person.window.run("copy_rows")
        assert clipboard()[0] == "as before"
        assert person.status() == "Choose the rows to copy first."
