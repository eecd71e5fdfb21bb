"""The coders of a project in the window: listed, joined and taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.session.session import Session
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.project.coders_dialog import CodersDialog
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


@pytest.fixture
def project(project: Path) -> Path:
    """The page, imported by “Importer”, in which “A. Berg” made two edits and Ben one."""
    for author, page in (("A. Berg", 7), ("A. Berg", 8), ("Ben", 9)):
        with Session.open(project, author) as session:
            record = session.with_number(9102)[0]
            session.edit(ChangeKind.CORRECTION, {record: {"page": page}})
    return project


@contextmanager
def shown(person: Person) -> Iterator[CodersDialog]:
    """The dialog, to which keys go."""
    dialog = CodersDialog(person.window, person.view.desk)
    person.bot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    person.bot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    yield dialog
    dialog.close()
    person.window.activateWindow()
    person.bot.waitUntil(person.window.isActiveWindow)


def rows(dialog: CodersDialog) -> list[str]:
    """Each row without its day: ``A. Berg | 2 | A. Berg``."""
    columns = (0, 1, 3)
    return [
        " | ".join(dialog.model.index(row, column).data() for column in columns)
        for row in range(dialog.model.rowCount())
    ]


def mark(person: Person, dialog: CodersDialog, *names: str) -> None:
    """Go to each row with the arrow keys and press Space."""
    dialog.table.setFocus()
    person.ctrl(Key.Key_Home)
    listed = [row.name for row in dialog.model.items]
    at = 0
    for name in sorted(names, key=listed.index):
        for _ in range(listed.index(name) - at):
            person.press(Key.Key_Down)
        at = listed.index(name)
        person.press(Key.Key_Space)


def press(person: Person, button: Callable[[CodersDialog], object], dialog: CodersDialog) -> None:
    """Go to a button by Tab and press Space."""
    for _ in range(9):
        if QApplication.focusWidget() is button(dialog):
            person.press(Key.Key_Space)
            return
        person.press(Key.Key_Tab)
    raise AssertionError("Tab does not reach the button")


APART = ["A. Berg | 2 | A. Berg", "Ben | 1 | Ben", "Importer | 1 | Importer", "Anna (you) | 0 | —"]


def test_the_command_lists_who_has_signed(person: Person) -> None:
    found: list[list[str]] = []
    person.answers.join_coders = lambda dialog: found.append(rows(dialog))
    person.ctrl(Key.Key_K)
    person.type("coders of this")
    person.press(Key.Key_Return)
    assert found == [APART]
    assert len(person.view.desk.session.history.steps) == 4


def test_two_marked_coders_are_joined_under_the_chosen_name(person: Person) -> None:
    with shown(person) as dialog:
        assert not dialog.join.isEnabled()
        mark(person, dialog, "A. Berg", "Anna")
        assert dialog.join.isEnabled()
        assert [dialog.name.itemText(n) for n in range(dialog.name.count())] == ["A. Berg", "Anna"]
        person.press(Key.Key_Tab)
        person.choose_word("Anna")
        press(person, lambda one: one.join, dialog)
        assert dialog.state.text() == "“A. Berg” is Anna · step 5, on disk"
        assert rows(dialog) == [
            "Anna (you) | 3 | A. Berg, Anna",
            "Ben | 1 | Ben",
            "Importer | 1 | Importer",
        ]
        assert not dialog.join.isEnabled()
    assert person.status() == "“A. Berg” is Anna · step 5, on disk"
    with reopened(person) as session:
        assert session.history.coders.are_one("anna", "A. Berg")


def test_ctrl_z_takes_a_join_back_and_ctrl_y_makes_it_again(person: Person) -> None:
    with shown(person) as dialog:
        mark(person, dialog, "Ben", "Anna")
        press(person, lambda one: one.join, dialog)
    coders = [person.view.desk.session.history.coders]
    for key in (Key.Key_Z, Key.Key_Y):
        person.view.table.setFocus()
        person.ctrl(key)
        person.wait_for_job()
        coders.append(person.view.desk.session.history.coders)
    assert [one.are_one("Anna", "Ben") for one in coders] == [True, False, True]


def test_a_step_under_a_joined_signature_is_an_own_one(person: Person) -> None:
    session = person.view.desk.session
    session.author = "Importer"
    session.join_coders("Anna", "Ben")
    session.author = "Anna"
    person.view.table.setFocus()
    person.ctrl(Key.Key_Z)
    person.wait_for_job()
    assert person.status().startswith("Undone: Page of MID 9102")
    assert (person.read("page"), person.view.banner.isHidden()) == ("8", True)


def test_a_join_is_taken_apart_after_later_edits_and_a_restart(person: Person) -> None:
    session = person.view.desk.session
    session.author = "Ben"
    session.join_coders("Ben", "A. Berg")
    session.edit(ChangeKind.CORRECTION, {record_of(person, 9101): {"page": 3}})
    session.author = "Anna"
    with shown(person) as dialog:
        assert rows(dialog)[0] == "Ben | 5 | A. Berg, Ben"
        mark(person, dialog, "Importer")
        assert (dialog.part.isEnabled(), dialog.state.text()) == (False, "")
        mark(person, dialog, "Importer")
        mark(person, dialog, "Ben")
        day = f"{session.history.steps[4].time.astimezone():%Y-%m-%d}"
        assert dialog.state.text() == f"“A. Berg” is Ben: step 5 by Ben, {day}"
        press(person, lambda one: one.part, dialog)
        assert dialog.state.text() == "“A. Berg” and Ben are apart · step 7, on disk"
        assert rows(dialog)[:2] == ["A. Berg | 2 | A. Berg", "Ben | 2 | Ben"]
    with reopened(person) as again:
        assert not again.history.coders.are_one("Ben", "A. Berg")
        assert again.document(again.with_number(9101)[0])["page"] == 3


def test_one_or_three_marked_coders_cannot_be_joined(person: Person) -> None:
    with shown(person) as dialog:
        for count, name in enumerate(("A. Berg", "Ben", "Importer"), start=1):
            mark(person, dialog, name)
            assert dialog.join.isEnabled() is (count == 2)
            assert not dialog.part.isEnabled()
        assert dialog.name.count() == 0


def test_enter_and_esc_in_the_list_join_nobody(person: Person) -> None:
    for key in (Key.Key_Return, Key.Key_Escape):
        with shown(person) as dialog:
            mark(person, dialog, "A. Berg", "Ben")
            person.press(key)
            assert not dialog.isVisible()
    assert len(person.view.desk.session.history.steps) == 4


def test_the_panels_of_the_window_follow_a_join(person: Person) -> None:
    view = person.view
    person.window.run("review_changes")
    box = view.changes.filters.author
    assert [box.itemText(n) for n in range(box.count())] == ["everybody", "A. Berg", "Ben"]
    box.setCurrentText("Ben")
    assert view.changes.model.rowCount() == 1
    with shown(person) as dialog:
        mark(person, dialog, "A. Berg", "Ben")
        person.press(Key.Key_Tab)
        person.choose_word("Ben")
        press(person, lambda one: one.join, dialog)
    assert [box.itemText(n) for n in range(box.count())] == ["everybody", "Ben"]
    assert box.currentText() == "Ben"
    signed = [one.line.author for one in view.changes.model.items]
    assert signed == ["A. Berg", "A. Berg", "Ben"]


def test_a_project_that_is_read_only_lists_its_coders(
    window: MainWindow, qtbot: QtBot, project: Path
) -> None:
    with Session.open(project, "Somebody else"):
        assert window.open(project)
        person = Person(window, qtbot)
        assert person.view.desk.session.read_only
        with shown(person) as dialog:
            assert rows(dialog) == APART[:3]
            assert not dialog.choices.isVisible()
            person.press(Key.Key_Space)
            assert dialog.model.marked == set()


def test_the_real_dialog_is_closed_by_its_button(person: Person) -> None:
    seen: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CodersDialog)
        seen.append(dialog.windowTitle())
        person.bot.keyClick(dialog.buttons.buttons()[0], Key.Key_Space)

    QTimer.singleShot(0, close)
    Dialogs(person.window).project_coders(person.view.desk)
    assert seen == ["Coders of this project"]
