"""The tutorial and the README’s first look, played in the window by the keys that they name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.files.bundled import bundled_path
from mideditor.session.preferences import Preferences
from mideditor.session.sample import SAMPLE_PROJECT
from mideditor.ui.look.theme import Theme
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Answers, Person

ROOT = Path(__file__).parents[1]
Key = Qt.Key


def section(page: Path, heading: str) -> str:
    """What stands under a heading of the second level, on one line."""
    text = page.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1]
    return " ".join(text.split("\n## ", 1)[0].split())


TEN_MINUTES = section(ROOT / "docs" / "tutorial.md", "The first ten minutes")
FIRST_LOOK = section(ROOT / "README.md", "A first look")


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Person:
    """Someone before the window that `make run` opens, on a copy of the sample project."""
    window = MainWindow(Theme(qapp, "light"), Preferences(coder="Anna"), Answers)
    qtbot.addWidget(
        window, before_close_func=lambda _: setattr(window.dialogs, "discards_drafts", True)
    )
    window.show()
    qtbot.waitActive(window)
    assert window.open(Path(shutil.copy(bundled_path("data", SAMPLE_PROJECT), tmp_path)))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return Person(window, qtbot)


def quoted(text: str, on: str = TEN_MINUTES) -> str:
    """A text of the window, which must stand on the page that is played."""
    assert text in on, "the page does not mention it"
    return text


def tabs(person: Person, count: int) -> None:
    person.ctrl(Key.Key_2)
    for _ in range(count):
        person.press(Key.Key_Tab)


def wait_for_job(person: Person) -> None:
    person.bot.waitUntil(lambda: not person.window.scheduler.running)


def test_the_first_ten_minutes(person: Person, tmp_path: Path) -> None:
    """The tutorial’s steps, by the keys that it names."""
    find_and_correct(person)
    take_back(person)
    code(person)
    give_a_partial_date(person)
    add_a_participant(person)
    read_the_log_and_filter(person)
    follow_the_findings(person)
    export_and_import(person, tmp_path / "clean.txt", tmp_path / "again.mid.json")


def test_the_first_look(person: Person) -> None:
    """The first steps of the README, by the keys that it names."""
    person.ctrl(Key.Key_F)
    person.type(quoted("2225", FIRST_LOOK))
    person.press(Key.Key_Down)
    person.ctrl(Key.Key_F)
    person.press(Key.Key_Escape)
    assert person.title() == quoted("MID 2225", FIRST_LOOK)
    tabs(person, 8)
    person.type("1")
    person.press(Key.Key_Return)
    assert person.read("fatalities") == quoted("1–25 deaths", FIRST_LOOK)
    assert person.note("fatalities").startswith(quoted("was None", FIRST_LOOK))
    person.ctrl(Key.Key_R)
    assert person.read("fatalities") == "None"
    person.ctrl(Key.Key_5)
    assert person.view.record_log.table.model().rowCount() == 2
    person.press(Key.Key_F4)
    tabs(person, 6)
    person.type("s")
    person.press(Key.Key_Return)
    person.ctrl(Key.Key_4)
    assert person.read("coding_changes").endswith(
        quoted("Outcome changed from Unclear.", FIRST_LOOK)
    )
    person.press(Key.Key_F8)
    assert person.title() == "MID 2230"


def find_and_correct(person: Person) -> None:
    person.ctrl(Key.Key_F)
    person.type(quoted("2225"))
    person.press(Key.Key_Down)
    assert person.view.count.text() == "1 of 26 records"
    assert person.title() == "MID 2225"
    person.ctrl(Key.Key_F)
    person.press(Key.Key_Escape)
    assert person.view.count.text() == "26 records"
    assert person.title() == "MID 2225"
    person.press(Key.Key_F6)
    person.type(quoted("Misprint"))
    person.ctrl(Key.Key_3)
    found = person.view.texts.narrative.editor.find(
        quoted("The Soviet gover"), QTextDocument.FindFlag(0)
    )
    assert found
    person.press(Key.Key_Right)
    person.type("n")
    person.ctrl(Key.Key_Return)
    assert "The Soviet government answered" in person.read("narrative")
    assert mark(person, "narrative") == "correction"
    assert last_step(person) == (ChangeKind.CORRECTION, "Misprint", "")


def take_back(person: Person) -> None:
    tabs(person, 8)
    person.type("1")
    person.press(Key.Key_Return)
    assert person.read("fatalities") == quoted("1–25 deaths")
    assert f"{mark(person, 'fatalities')}, {person.note('fatalities')}" == quoted(
        "correction, was None"
    )
    person.ctrl(Key.Key_R)
    assert person.read("fatalities") == "None"
    assert person.note("fatalities") == ""


def code(person: Person) -> None:
    person.press(Key.Key_F4)
    person.press(Key.Key_F6)
    person.type(quoted("The published data set has Stalemate"))
    person.press(Key.Key_Tab)
    person.type(quoted("MIDA 4.01"))
    assert person.read("coding_changes") == quoted("Start Date changed from July 1979.")
    tabs(person, 6)
    person.type("s")
    person.press(Key.Key_Return)
    assert person.read("outcome") == "Stalemate"
    assert f"{mark(person, 'outcome')}, {person.note('outcome')}" == quoted(
        "coding change, was Unclear"
    )
    assert person.read("coding_changes").endswith(quoted("Outcome changed from Unclear."))
    assert last_step(person) == (
        ChangeKind.CODING,
        "The published data set has Stalemate",
        "MIDA 4.01",
    )


def give_a_partial_date(person: Person) -> None:
    sentences, steps = person.read("coding_changes"), step_count(person)
    tabs(person, 1)
    person.retype(quoted("5/2/1964"))
    person.press(Key.Key_Return)
    assert "is not a date" in person.note("end_date")
    assert step_count(person) == steps
    person.press(Key.Key_Escape)
    person.retype(quoted("May 1964"))
    person.press(Key.Key_Return)
    assert person.read("end_date") == "May 1964"
    assert "End Date changed from October 21, 1979." in person.read("coding_changes")
    assert len(findings(person)) == 1
    person.ctrl(Key.Key_Z)
    assert person.read("coding_changes") == sentences
    assert findings(person) == []


def add_a_participant(person: Person) -> None:
    sentences = person.read("coding_changes")
    tabs(person, 5)
    person.type(quoted("Canada"))
    person.press(Key.Key_Return)
    assert quoted("Added to the dispute: 20 Canada.") in person.read("coding_changes")
    person.ctrl(Key.Key_Z)
    assert person.read("coding_changes") == sentences
    person.ctrl(Key.Key_Y)
    assert person.read("coding_changes") != sentences
    person.ctrl(Key.Key_Z)


def read_the_log_and_filter(person: Person) -> None:
    person.ctrl(Key.Key_5)
    assert person.focused.objectName() == "recordLog"
    person.press(Key.Key_Down)
    person.press(Key.Key_Return)
    assert person.view.field_with_focus() == "side_b"
    person.ctrl(Key.Key_6)
    assert person.focused.objectName() == "projectLog"
    person.ctrl(Key.Key_7)
    assert person.view.tabs.currentWidget() is person.view.source
    person.ctrl(Key.Key_F)
    person.type(quoted("unclear"))
    assert person.view.count.text() == "8 of 26 records"
    person.type(" 365")
    assert person.view.count.text() == "5 of 26 records"
    person.press(Key.Key_Escape)
    assert person.title() == "MID 2225"


def follow_the_findings(person: Person) -> None:
    person.press(Key.Key_F8)
    assert person.title() == quoted("MID 2230")
    assert quoted("MID#2203") in findings(person)[0]
    person.press(Key.Key_F4)
    person.press(Key.Key_Tab)
    assert person.view.field_with_focus() == "mid_number"
    person.ctrl(Key.Key_A)
    person.press(Key.Key_Delete)
    person.press(Key.Key_Return)
    assert findings(person) == []
    person.ctrl(Key.Key_M)
    assert person.title() == "MID 31"


def export_and_import(person: Person, text: Path, project: Path) -> None:
    person.answers.target, person.answers.width = (text, "text"), 72
    person.ctrl(Key.Key_E)
    wait_for_job(person)
    assert "MID#2230" in text.read_text(encoding="utf-8")
    person.answers.project, person.answers.texts = project, [text]
    person.ctrl(Key.Key_N)
    person.ctrl(Key.Key_I)
    wait_for_job(person)
    assert quoted("1 fragment, 21 entries, 4 cross-references") in person.view.banner.text
    person.ctrl(Key.Key_I)
    wait_for_job(person)
    assert "already imported" in person.view.banner.text


def mark(person: Person, field: str) -> str:
    """The kind of edit that is named under a field."""
    panels, boxes = person.view.texts.panels, person.view.form.boxes
    note = panels[field].note if field in panels else boxes[field].note
    marks = [label for label in note.findChildren(QLabel) if label.property("role") == "mark"]
    return "" if note.isHidden() else marks[0].text()


def findings(person: Person) -> list[str]:
    return [line.text() for line in person.view.form.findings.lines if not line.isHidden()]


def step_count(person: Person) -> int:
    return len(person.view.desk.session.history.steps)


def last_step(person: Person) -> tuple[ChangeKind, str, str]:
    step = person.view.desk.session.history.steps[-1]
    return step.kind, step.reason, step.citation
