"""The hostility level in the window: in the form, in a hidden column, among the facets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import HostilityLevel
from mideditor.domain.fields import FIELDS
from mideditor.domain.kinds import KINDS
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.form.record_form import layout_of
from mideditor.ui.settings import as_text
from tests.ui.conftest import Person, record_of
from tests.ui.table.test_facets import shown

Key = Qt.Key
NAME = "hostility_level"
SECTION = [column.name for column in RECORD_COLUMNS].index(NAME)


def level(person: Person, number: int) -> object:
    return getattr(person.view.desk.session.record(record_of(person, number)), NAME)


def test_every_kind_has_a_form_of_lines_with_one_or_two_fields() -> None:
    layouts = {
        kind: [" ".join(row.name for row in line) for line in layout_of(kind)] for kind in KINDS
    }
    assert layouts == {
        "entry": [
            "start_date end_date",
            "side_a side_b",
            "outcome settlement",
            "fatalities hostility_level",
            "dispute_number mid_number",
            "heading",
            "chapter page",
            "review",
        ],
        "cross_reference": [
            "dispute_number started",
            "see",
            "heading",
            "chapter page",
            "review",
        ],
        "fragment": ["heading", "chapter page", "review"],
    }


def test_a_level_is_chosen_by_a_letter_and_committed(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go(NAME)
    assert person.read(NAME) == ""
    person.type("d")
    person.ctrl(Key.Key_Return)
    assert level(person, 9101) is HostilityLevel.DISPLAY
    assert person.read(NAME) == "Display of force"
    assert FIELDS[NAME].label in person.status()


def test_its_column_is_hidden_until_it_is_asked_for(person: Person) -> None:
    table = person.view.table
    assert table.isColumnHidden(SECTION)
    table.hide_column(SECTION, False)
    assert [column.name for column in table.shown_columns()][-1] == NAME


def test_a_layout_saved_before_there_was_the_column_leaves_it_hidden(person: Person) -> None:
    before = QTableView()
    before.setModel(QStandardItemModel(0, SECTION))
    before.horizontalHeader().moveSection(4, 3)
    before.setColumnHidden(5, True)
    state = {"columns": as_text(before.horizontalHeader().saveState())}
    view, table = person.view, person.view.table
    table.hide_column(SECTION, False)
    view.restore_layout(state)
    titles = [column.title for column in table.shown_columns()]
    assert titles == [
        "Number",
        "Dates",
        "Participants",
        "Settlement",
        "Outcome",
        "Review",
        "Changes",
        "Findings",
    ]


def test_once_shown_it_is_shown_the_next_time(person: Person) -> None:
    view, table = person.view, person.view.table
    table.hide_column(SECTION, False)
    state = view.layout_state()
    table.hide_column(SECTION, True)
    view.restore_layout(state)
    assert not table.isColumnHidden(SECTION)


def test_its_facet_appears_with_the_first_value(person: Person) -> None:
    person.press(Key.Key_F9)
    assert FIELDS[NAME].label not in shown(person)
    person.view.desk.session.edit(
        ChangeKind.CODING,
        {record_of(person, 9102): {NAME: HostilityLevel.USE}},
        reason="a trainer was shot down",
    )
    person.view.facets.refresh()
    assert shown(person)[FIELDS[NAME].label] == ["Use of force 1"]
