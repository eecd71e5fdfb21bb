"""After an edit the screen shows again what the edit touched, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Doubt
from mideditor.ui.form.side_box import SideBox
from mideditor.ui.kit.field_editor import LineEditor
from tests.ui.conftest import Person, record_of


class Paints(QObject):
    """Notes which of some widgets are painted."""

    def __init__(self, widgets: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._widgets = widgets
        self.seen: set[str] = set()
        for widget in widgets.values():
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.seen |= {name for name, one in self._widgets.items() if one is watched}
        return False


@pytest.fixture
def coder(person: Person) -> Person:
    """Someone with an entry on the desk, once nothing more is being read or counted."""
    person.view.desk.select(record_of(person, 9101))
    person.bot.waitUntil(lambda: person.view.texts.narrative.has_dictionary)
    person.bot.waitUntil(lambda: not person.window.scheduler.lanes.busy)
    return person


def watched(person: Person) -> dict[str, QWidget]:
    """What is painted by itself: the editors of fields and texts, and the table."""
    view = person.view
    widgets: dict[str, QWidget] = {name: box.editor for name, box in view.form.boxes.items()}
    widgets |= {name: panel.editor.viewport() for name, panel in view.texts.panels.items()}
    return widgets | {"table": view.table.viewport()}


def painted(person: Person, paints: Paints) -> set[str]:
    """What was painted since the last time."""
    QApplication.processEvents()
    seen, paints.seen = paints.seen, set()
    return seen


def line(person: Person, field: str) -> LineEditor:
    editor = person.view.form.boxes[field].editor
    assert isinstance(editor, LineEditor)
    return editor


def test_only_the_field_its_row_and_what_is_printed_of_it_are_painted(coder: Person) -> None:
    desk = coder.view.desk
    desk.reason = "As the archive has it"
    desk.set_kind(ChangeKind.CODING)
    desk.commit("outcome", Outcome.STALEMATE)  # the note under it moves what is below
    paints = Paints(watched(coder))
    painted(coder, paints)
    desk.commit("outcome", Outcome.RELEASED)
    assert painted(coder, paints) == {"outcome", "table"}, "the sentence names the first value"
    desk.set_kind(ChangeKind.CORRECTION)
    desk.commit("outcome", Outcome.STALEMATE)
    assert painted(coder, paints) == {"outcome", "table"}
    desk.commit("narrative", ("Two bombers crossed the coast and turned back. Nobody was hurt!",))
    assert painted(coder, paints) == {"narrative", "table"}
    desk.set_kind(ChangeKind.CODING)
    desk.commit("outcome", Outcome.UNCLEAR)
    assert painted(coder, paints) >= {"outcome", "coding_changes", "table"}


def test_an_edit_of_another_record_paints_no_field(coder: Person) -> None:
    paints = Paints(watched(coder))
    painted(coder, paints)
    session, other = coder.view.desk.session, record_of(coder, 9102)
    session.edit(ChangeKind.CORRECTION, {other: {"fatalities": Fatalities.TO_100}})
    assert painted(coder, paints) == {"table"}


def test_what_is_selected_in_another_field_stays_selected(coder: Person) -> None:
    desk = coder.view.desk
    for field in ("start_date", "dispute_number"):
        line(coder, field).setSelection(0, 3)
    desk.commit("outcome", Outcome.STALEMATE)
    assert line(coder, "start_date").selectedText() == "Mar"
    assert line(coder, "dispute_number").selectedText() == "910"
    desk.commit("start_date", parse_date("1963-05"))
    assert line(coder, "start_date").selectedText() == "", "it holds another text now"
    assert line(coder, "dispute_number").selectedText() == "910"


def test_marks_are_found_again_only_where_the_text_or_what_is_marked_changed(
    coder: Person,
) -> None:
    desk, marks = coder.view.desk, coder.view.texts.narrative.marks
    found = marks.marks
    desk.commit("outcome", Outcome.STALEMATE)
    desk.commit("page", 951)
    assert marks.marks is found
    desk.commit("narrative", ("Two bombers crossed the coast.",))
    assert marks.marks is not found
    found = marks.marks
    doubt = Doubt(field="narrative", quote="coast", question="Is it “coats”?", certainty=0.5)
    desk.commit("doubts", (doubt,))
    assert marks.marks is not found
    assert len(marks.marks) == len(found) + 1


def test_a_doubt_is_shown_beside_the_label_of_its_field(coder: Person) -> None:
    doubt = Doubt(field="page", quote="950", question="Is it a page?", certainty=0.5)
    label = coder.view.form.boxes["page"].label
    coder.view.desk.commit("doubts", (doubt,))
    assert label.text() == "Page  (?)"
    coder.view.desk.commit("page", 951)
    assert label.text() == "Page"


def test_dates_decide_which_members_were_in_the_state_system(coder: Person) -> None:
    side = coder.view.form.boxes["side_a"]
    assert isinstance(side, SideBox)
    assert side.members.item(0).toolTip() == ""
    coder.view.desk.commit("start_date", parse_date("1815-05"))
    coder.view.desk.commit("end_date", parse_date("1815-05"))
    tip = side.members.item(0).toolTip()
    assert tip.startswith("No member of the state system at the time.")


def test_rows_far_apart_are_painted_without_those_between(coder: Person) -> None:
    rows = coder.view.table.rows
    spy = QSignalSpy(rows.dataChanged)
    first, last = rows.record_at(0), rows.record_at(3)
    assert first is not None
    assert last is not None
    rows.refresh([first, last])
    spans = sorted((spy.at(each)[0].row(), spy.at(each)[1].row()) for each in range(spy.count()))
    assert spans == [(0, 0), (3, 3)]
