"""Cells of many records: applied in slices, while the window stays responsive."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mideditor.reference.state_list import bundled_states
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.session import Session
from mideditor.session.work import FEW_RECORDS, run_now
from mideditor.ui.window import MainWindow
from tests.reference.tables import written
from tests.session.chapters import one_entry
from tests.ui.conftest import Person
from tests.ui.published.test_comparison import choose, panel, settle, tab

Key = Qt.Key
MANY = 3 * FEW_RECORDS
HEADING = "dispnum3,outcome,version"


@pytest.fixture
def counter(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """A user at the matrix of many entries, printed as Stalemate and published as Released."""
    entries = "".join(one_entry(number) for number in range(1, MANY + 1))
    chapter = written(tmp_path, "chapter.txt", entries)
    project = tmp_path / "many.mid.json"
    with Session.open(project, "Importer", create=True) as session:
        add_texts(session, [run_now(read_text(chapter, bundled_states()))])
    window.scheduler.lanes.at_once = 0.0
    assert window.open(project)
    person = Person(window, qtbot)
    rows = [f"{number},7,4.01" for number in range(1, MANY + 1)]
    choose(person, [written(tmp_path, "MIDA.csv", "\n".join([HEADING, *rows]))])
    person.press(Key.Key_2)
    return person


def outcomes(person: Person) -> set[str]:
    documents = person.view.desk.session.documents()
    return {document["outcome"] for document in documents.values()}


def ask(person: Person) -> None:
    assert tab(person) == f"Published ({MANY})"
    person.press(Key.Key_T)
    assert panel(person).bar.go.text() == f"Take {MANY} over (Enter)"
    person.press(Key.Key_Return)


def test_a_cell_is_applied_with_progress_as_one_step_and_undone(counter: Person) -> None:
    ask(counter)
    assert panel(counter).lane.running
    assert panel(counter).head.progress.isVisible()
    assert panel(counter).head.summary.text() == f"Taking {MANY} values over …"
    assert outcomes(counter) == {"Stalemate"}
    settle(counter)
    assert outcomes(counter) == {"Released"}
    assert len(counter.view.desk.session.history.steps) == 2
    assert tab(counter) == "Published"
    assert counter.status().startswith(f"{MANY} values taken over · step 2")
    assert panel(counter).head.progress.isHidden()
    counter.window.run("undo")
    settle(counter)
    assert outcomes(counter) == {"Stalemate"}
    assert tab(counter) == f"Published ({MANY})"


def test_stopped_work_changes_nothing(counter: Person) -> None:
    ask(counter)
    panel(counter).head.stop.click()
    assert not panel(counter).lane.running
    assert outcomes(counter) == {"Stalemate"}
    assert counter.status() == "Stopped; nothing was changed."
    assert tab(counter) == f"Published ({MANY})"


def test_an_edit_of_another_field_meanwhile_is_kept(counter: Person) -> None:
    counter.window.scheduler.lanes.slice_seconds = 0.0
    record = counter.view.desk.record_id
    assert record is not None
    ask(counter)
    with counter.bot.waitSignal(panel(counter).lane.progressed):
        pass
    counter.window.run("mark_coded")
    settle(counter)
    assert outcomes(counter) == {"Released"}
    assert counter.view.desk.session.documents()[record]["review"] == "coded"


def test_an_edit_of_the_same_field_meanwhile_stops_the_work(counter: Person) -> None:
    counter.window.scheduler.lanes.slice_seconds = 0.0
    ask(counter)
    with counter.bot.waitSignal(panel(counter).lane.progressed):
        pass
    assert counter.view.desk.commit("outcome", "Compromise")
    settle(counter)
    assert outcomes(counter) == {"Stalemate", "Compromise"}
    assert "Records were changed meanwhile" in counter.view.banner.text


def test_stopping_the_comparison_closes_the_tables(counter: Person) -> None:
    tables = panel(counter).comparison
    assert tables is not None
    panel(counter).compare_with(tables.tables)
    assert panel(counter).head.summary.text() == f"Comparing {MANY} records …"
    panel(counter).head.stop.click()
    assert tab(counter) == ""
    assert not panel(counter).lane.running


def test_the_window_can_be_closed_while_records_are_compared(counter: Person) -> None:
    tables = panel(counter).comparison
    assert tables is not None
    panel(counter).compare_with(tables.tables)
    assert counter.window.close_project()
    assert counter.window.view is None
