"""The window as a whole: its commands, its keys, its looks, and names for screen readers."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from mideditor.ui.commands import COMMANDS
from mideditor.ui.desk_commands import DeskCommands
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.file_commands import FileCommands
from mideditor.ui.icons import ICONS
from mideditor.ui.theme import Theme, load_tokens
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of


def test_every_command_is_a_method_and_has_an_icon_of_the_set() -> None:
    for name, command in COMMANDS.items():
        doer = next(
            room for room in (MainWindow, FileCommands, DeskCommands) if hasattr(room, name)
        )
        assert callable(getattr(doer, name))
        assert command.icon in ("", *ICONS)


def test_no_key_means_two_things() -> None:
    keys = Counter(
        QKeySequence(key).toString() for command in COMMANDS.values() for key in command.keys
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_commands_are_disabled_where_they_have_nothing_to_do(
    window: MainWindow, person: Person
) -> None:
    actions = window.actions_by_name
    assert not actions["redo"].isEnabled()
    person.window.run("undo")
    assert actions["redo"].isEnabled()
    assert not actions["undo"].isEnabled()
    assert window.close_project()
    enabled = {name for name, action in actions.items() if action.isEnabled()}
    assert enabled == {name for name, command in COMMANDS.items() if command.needs == ""}


@pytest.mark.parametrize("number", [None, 9101, 9103])
def test_every_control_has_a_name_for_a_screen_reader(person: Person, number: int | None) -> None:
    if number is not None:
        person.view.desk.choose(record_of(person, number))
    nameless = [
        widget
        for widget in person.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_part(widget)
        if widget.isVisibleTo(person.window)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert [f"{type(w).__name__} {w.objectName()}" for w in nameless] == []


def _is_part(widget: QWidget) -> bool:
    """Whether a widget is Qt's own inner part of another, or only a frame around others."""
    name = widget.objectName()
    parent = widget.parent()
    return (
        name.startswith("qt_")
        or type(widget).__name__ in ("QTabBar", "QTabWidget", "QListView", "QComboBoxListView")
        or isinstance(parent, QAbstractSpinBox)
        or (parent is not None and type(parent).__name__ in ("QComboBox",))
    )


def luminance(color: str) -> float:
    """Relative luminance as the WCAG define it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_on_its_ground(name: str) -> None:
    roles = load_tokens(name).roles
    pairs = [
        *((text, ground) for text in ("text", "text-quiet") for ground in _GROUNDS),
        ("accent-text", "accent"),
        ("accent-text", "coding"),
        ("accent-text", "correction"),
        ("coding", "surface"),
        ("correction", "surface"),
        ("error", "window"),
        ("text", "error-ground"),
        ("text", "coding-ground"),
        ("selection-text", "selection"),
    ]
    weak = {pair: contrast(roles[pair[0]], roles[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


_GROUNDS = ("window", "surface", "raised", "row-alternate")


def test_both_themes_have_the_same_roles_and_can_be_worn(theme: Theme, person: Person) -> None:
    assert load_tokens("light").roles.keys() == load_tokens("dark").roles.keys()
    person.window.theme_dark()
    assert theme.tokens.name == "dark"
    ground = person.view.table.palette().base().color().name()
    assert ground == load_tokens("dark").roles["surface"]
    assert person.window.preferences.theme == "dark"
    person.window.theme_light()


def test_the_sheet_of_shortcuts_lists_every_key(person: Person) -> None:
    texts = Dialogs(person.window).shortcut_lines()
    for command in COMMANDS.values():
        for key in command.keys[:1]:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in texts
