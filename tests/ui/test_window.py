"""The window as a whole: commands, keys, and names for screen readers."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QTabWidget, QWidget

from mideditor.ui.commands.commands import COMMANDS, Needs
from mideditor.ui.look.icons import ICONS
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of


def test_every_command_has_a_handler_and_a_known_icon(person: Person) -> None:
    assert person.window.commands == COMMANDS.keys()
    assert {command.icon for command in COMMANDS.values()} <= {"", *ICONS}


def test_a_command_that_needs_a_project_has_no_handler_without_one(window: MainWindow) -> None:
    assert window.view is None
    assert {name for name, command in COMMANDS.items() if command.needs is Needs.NOTHING} <= (
        window.commands
    )
    assert "undo" not in window.commands
    window.run("undo")
    with pytest.raises(KeyError):
        window.run("undo everything")


def test_no_key_has_two_commands() -> None:
    keys = Counter(
        QKeySequence(key).toString() for command in COMMANDS.values() for key in command.keys
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_commands_without_their_needs_are_disabled(window: MainWindow, person: Person) -> None:
    actions = window.menus.actions
    assert not actions["redo"].isEnabled()
    person.window.run("undo")
    person.answer_banner()
    assert actions["redo"].isEnabled()
    assert not actions["undo"].isEnabled()
    assert window.close_project()
    enabled = {name for name, action in actions.items() if action.isEnabled()}
    assert enabled == {name for name, command in COMMANDS.items() if command.needs is Needs.NOTHING}


@pytest.mark.parametrize("number", [None, 9101, 9103])
def test_every_control_has_a_name_for_a_screen_reader(person: Person, number: int | None) -> None:
    if number is not None:
        person.view.desk.select(record_of(person, number))
    without_name = [
        widget
        for widget in person.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_part(widget)
        if widget.isVisibleTo(person.window)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert [f"{type(w).__name__} {w.objectName()}" for w in without_name] == []


def _is_part(widget: QWidget) -> bool:
    """Whether a widget is an internal part of another widget or only a container."""
    name = widget.objectName()
    parent = widget.parent()
    return (
        name.startswith("qt_")
        or type(widget).__name__ in ("QTabBar", "QListView", "QComboBoxListView")
        or isinstance(widget, QTabWidget)
        or isinstance(parent, QAbstractSpinBox)
        or (parent is not None and type(parent).__name__ in ("QComboBox",))
    )
