"""Ctrl+Z: the coder's own steps; the banner asks before those of others and before an import."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.session.session import Session
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of

Key = Qt.Key


@pytest.fixture
def person(window: MainWindow, qtbot: QtBot, project: Path) -> Person:
    """Anna, at a project in which Ben has made the last edit."""
    with Session.open(project, "Ben") as session:
        record = session.with_number(9102)[0]
        session.edit(ChangeKind.CORRECTION, {record: {"outcome": "Stalemate"}})
    assert window.open(project)
    return Person(window, qtbot)


def kinds(person: Person) -> list[str]:
    """The kinds of all steps, with who made them."""
    return [f"{one.author}: {one.kind}" for one in person.view.desk.session.history.steps]


def outcome(person: Person) -> str:
    record = person.view.desk.session.record(record_of(person, 9102))
    return str(record.model_dump(mode="json")["outcome"])


def take_back(person: Person) -> None:
    """Press the button of the banner."""
    person.answer_banner()
    person.wait_for_job()


def test_the_own_last_step_is_taken_back_and_named(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.go("page")
    person.retype("12")
    person.press(Key.Key_Return)
    with Session.open(person.view.desk.session.path, "Reader", read_only=True) as session:
        assert session.history.steps[-1].author == "Anna"
    person.ctrl(Key.Key_Z)
    person.wait_for_job()
    assert person.status().startswith("Undone: Page of MID 9101")
    assert (outcome(person), person.view.banner.isHidden()) == ("Stalemate", True)
    assert kinds(person)[-2:] == ["Anna: correction", "Anna: undo"]


def test_steps_of_others_are_asked_about_and_stay(person: Person) -> None:
    person.view.table.setFocus()
    before = kinds(person)
    for _ in range(3):
        person.ctrl(Key.Key_Z)
        person.wait_for_job()
    banner = person.view.banner
    assert banner.isVisible()
    assert "None of your own steps is left to undo. The next is by Ben, " in banner.text
    assert banner.text.endswith("Outcome of MID 9102 (correction, step 2).")
    assert banner.remedy.text() == "Take back step 2"
    person.press(Key.Key_Return)
    person.press(Key.Key_Escape)
    assert (outcome(person), kinds(person)) == ("Stalemate", before)


def test_the_answer_takes_back_the_step_of_the_other(person: Person) -> None:
    person.view.table.setFocus()
    person.ctrl(Key.Key_Z)
    take_back(person)
    assert outcome(person) == "Released"
    assert person.status().startswith("Undone, step 2 by Ben: Outcome of MID 9102")
    assert person.view.banner.isHidden()
    assert kinds(person)[-1] == "Anna: undo"
    person.ctrl(Key.Key_Y)
    person.wait_for_job()
    assert outcome(person) == "Stalemate"


def test_an_import_goes_only_after_the_answer(window: MainWindow, qtbot: QtBot, page: Path) -> None:
    window.open(page.with_name("new.mid.json"), create=True)
    person = Person(window, qtbot)
    person.answers.texts = [page]
    person.ctrl(Key.Key_I)
    person.wait_for_job()
    session = person.view.desk.session
    qtbot.waitUntil(lambda: len(session.ids()) == 4)
    person.view.table.setFocus()
    person.ctrl(Key.Key_Z)
    person.wait_for_job()
    assert person.view.banner.text == "Undo of step 1 takes 4 records out of the project."
    assert len(session.ids()) == 4
    take_back(person)
    assert session.ids() == []
    person.ctrl(Key.Key_Y)
    person.wait_for_job()
    assert len(session.ids()) == 4


def test_an_import_with_edits_of_others_says_so_and_takes_them_along(person: Person) -> None:
    person.window.dialogs.name = "Importer"  # type: ignore[attr-defined]
    person.window.run("name_coder")
    person.view.table.setFocus()
    person.ctrl(Key.Key_Z)
    person.wait_for_job()
    assert person.view.banner.text == (
        "Undo of step 1 takes 4 records out of the project. 1 edit by Ben stands in them."
    )
    take_back(person)
    assert person.view.desk.session.ids() == []
    person.view.table.setFocus()
    person.ctrl(Key.Key_Y)
    person.wait_for_job()
    assert len(person.view.desk.session.ids()) == 4


def test_the_menu_names_the_next_steps(person: Person) -> None:
    actions = person.window.menus.actions
    menu = next(
        one for one in person.window.findChildren(QMenu) if actions["undo"] in one.actions()
    )
    menu.aboutToShow.emit()
    assert actions["undo"].text() == "&Undo", "no step of Anna's is left"
    person.view.desk.select(record_of(person, 9101))
    assert person.view.desk.commit("page", 12)
    menu.aboutToShow.emit()
    assert actions["undo"].text() == "&Undo: Page of MID 9101"
    person.view.table.setFocus()
    person.ctrl(Key.Key_Z)
    person.wait_for_job()
    menu.aboutToShow.emit()
    assert actions["undo"].text() == "&Undo"
    assert actions["redo"].text() == "&Redo: Page of MID 9101"
    assert person.window.close_project()
    menu.aboutToShow.emit()
    assert actions["redo"].text() == "&Redo"
