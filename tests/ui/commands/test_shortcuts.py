"""The dialog of keyboard shortcuts: search, changed keys, and their use after a restart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from mideditor.session.preferences import Preferences
from mideditor.ui.commands.commands import COMMANDS, MENU_OF
from mideditor.ui.commands.keys import (
    keys_in_use,
    native,
    owner_of,
    portable,
    refusal,
    reset,
    with_key,
)
from mideditor.ui.commands.shortcuts_dialog import ShortcutsDialog
from mideditor.ui.look.theme import Theme
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Answers, Person, record_of

Key = Qt.Key
Modifier = Qt.KeyboardModifier
keys = st.sampled_from(["Ctrl+U", "Ctrl+M", "F8", "Ctrl+Shift+P", "Alt+F7", "ctrl+u", "nonsense"])
names = st.sampled_from([*COMMANDS, "a_command_of_a_later_version"])
stored = st.dictionaries(names, st.lists(keys, max_size=3).map(tuple), max_size=8)


class TestKeys:
    def test_without_changes_they_are_the_defaults(self) -> None:
        assert keys_in_use({}) == {name: command.keys for name, command in COMMANDS.items()}

    @given(stored)
    def test_whatever_is_stored_no_key_has_two_commands(
        self, changed: dict[str, tuple[str, ...]]
    ) -> None:
        used = [key for command_keys in keys_in_use(changed).values() for key in command_keys]
        assert len(used) == len(set(used))
        assert all(QKeySequence(key).toString() == key for key in used)
        assert keys_in_use(changed).keys() == COMMANDS.keys()

    @given(stored, st.sampled_from([*COMMANDS]), keys, st.booleans())
    def test_an_assigned_key_has_only_its_new_command(
        self, changed: dict[str, tuple[str, ...]], name: str, key: str, keep: bool
    ) -> None:
        given_keys = with_key(changed, name, key, keep=keep)
        assert owner_of(key, given_keys) == (name if portable(key) else None)
        if keep:
            assert {*keys_in_use(changed)[name]} <= {*keys_in_use(given_keys)[name]}

    @given(stored, st.sampled_from([*COMMANDS]))
    def test_resetting_one_command_keeps_the_other_changes(
        self, changed: dict[str, tuple[str, ...]], name: str
    ) -> None:
        assert reset(changed, name) == {n: k for n, k in changed.items() if n != name}

    @pytest.mark.parametrize("key", ["A", "Shift+A", "Space", "Return", "Tab", "Esc", "Del", "Up"])
    def test_typing_keys_are_rejected(self, key: str) -> None:
        assert "needed for typing" in refusal(key)

    @pytest.mark.parametrize("key", ["Ctrl+C", "Ctrl+Home", "Alt+Up", "Ctrl+Shift+Left"])
    def test_keys_of_fields_and_lists_are_rejected(self, key: str) -> None:
        assert "needed in fields and lists" in refusal(key)

    @pytest.mark.parametrize("key", ["Ctrl+U", "F9", "Shift+F9", "Alt+U", "Ctrl+Alt+Up"])
    def test_other_keys_are_allowed(self, key: str) -> None:
        assert refusal(key) == ""

    def test_the_default_keys_are_all_allowed(self) -> None:
        assert {k: refusal(k) for c in COMMANDS.values() for k in c.keys if refusal(k)} == {}


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ShortcutsDialog:
    """The dialog as `F1` opens it, but not modal."""
    made = ShortcutsDialog(
        window, window.settings.preferences.keys, window.view_commands.change_keys
    )
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def shown(dialog: ShortcutsDialog) -> list[str]:
    return [item.text(0) for item in dialog.items.values() if not item.isHidden()]


def assign(dialog: ShortcutsDialog, bot: QtBot, words: str, key: Key, modifier: Modifier) -> None:
    """Find a command and press a new key for it."""
    dialog.search.setFocus()
    dialog.search.setText("")
    bot.keyClicks(dialog.search, words)
    bot.keyClick(dialog.search, Key.Key_Return)
    bot.keyClick(dialog.tree, Key.Key_Return)
    assert dialog.key.isAncestorOf(dialog.focusWidget()) or dialog.key.hasFocus()
    bot.keyClick(dialog.key, key, modifier)


def test_it_lists_every_command_with_its_keys_under_its_menu(dialog: ShortcutsDialog) -> None:
    assert dialog.items.keys() == COMMANDS.keys()
    for name, command in COMMANDS.items():
        item = dialog.items[name]
        assert item.text(0) == command.label
        assert item.parent() is dialog.menus[MENU_OF[name]]
        assert item.text(1).split() == [native(key) for key in command.keys]


def test_it_is_searched_by_name_menu_and_key(dialog: ShortcutsDialog) -> None:
    dialog.search.setText("ctrl+m")
    assert shown(dialog) == ["Mark as coded and go to the next"]
    dialog.search.setText("view larger")
    assert shown(dialog) == ["Larger text"]
    assert dialog.selected == "larger_text"
    assert [title for title, menu in dialog.menus.items() if not menu.isHidden()] == ["View"]
    dialog.search.setText("xyzzy")
    assert (shown(dialog), dialog.selected) == ([], "")


def test_a_new_key_is_assigned_by_keyboard_used_and_remembered(
    person: Person, dialog: ShortcutsDialog, qtbot: QtBot
) -> None:
    assign(dialog, qtbot, "next record", Key.Key_U, Modifier.ControlModifier)
    assert dialog.selected == "next_record"
    assert "Next record” has Ctrl+U now" in dialog.message.text()
    assert dialog.items["next_record"].text(2) == "changed"
    assert Preferences.load().keys == {"next_record": ("Ctrl+U",)}
    action = person.window.menus.actions["next_record"]
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+U"]
    with qtbot.waitActive(person.window):
        dialog.close()
        person.window.activateWindow()
    person.view.desk.select(record_of(person, 9101))
    person.go("outcome")
    person.ctrl(Key.Key_U)
    assert person.title() == "MID 9102"
    person.ctrl(Key.Key_K)
    lines = {line.name: line.keys for line in person.window.view_commands.palette.model.lines}
    assert lines["next_record"] == "Ctrl+U"


def test_a_key_can_be_added_to_the_existing_ones(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    dialog.keep.setChecked(True)
    assign(dialog, qtbot, "ctrl+r take", Key.Key_U, Modifier.ControlModifier)
    assert keys_in_use(dialog.changed)["take_back"] == ("Ctrl+R", "Ctrl+U")


def test_a_key_of_another_command_is_reported_and_can_be_reassigned(
    dialog: ShortcutsDialog, qtbot: QtBot
) -> None:
    assign(dialog, qtbot, "next record with", Key.Key_M, Modifier.ControlModifier)
    assert dialog.message.text() == "Ctrl+M is the key of “Mark as coded and go to the next”."
    assert dialog.changed == {}
    assert not dialog.reassign.isHidden()
    dialog.reassign.click()
    assert dialog.changed == {"next_finding": ("Ctrl+M",), "mark_coded": ()}
    assert dialog.reassign.isHidden()


def test_a_typing_key_is_rejected(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    assign(dialog, qtbot, "quit", Key.Key_U, Modifier.NoModifier)
    assert "needed for typing" in dialog.message.text()
    assert dialog.changed == {}


def test_esc_in_the_key_edit_returns_to_the_list_and_tab_moves_on(
    dialog: ShortcutsDialog, qtbot: QtBot
) -> None:
    dialog.key.setFocus()
    qtbot.keyClick(dialog.key, Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.tree.hasFocus()
    dialog.key.setFocus()
    qtbot.keyClick(dialog.key, Key.Key_Tab)
    assert dialog.keep.hasFocus()


def test_resetting_one_command_reports_keys_that_others_have(
    dialog: ShortcutsDialog, qtbot: QtBot
) -> None:
    assign(dialog, qtbot, "next record with", Key.Key_M, Modifier.ControlModifier)
    dialog.reassign.click()
    dialog.search.setText("mark as coded")
    dialog.reset_one.click()
    assert "Ctrl+M stays with “Next record with a finding”" in dialog.message.text()
    dialog.search.setText("next record with")
    dialog.reset_one.click()
    assert keys_in_use(dialog.changed) == keys_in_use({})
    assert not dialog.reset_one.isEnabled()


def test_resetting_all_commands(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    assign(dialog, qtbot, "quit", Key.Key_U, Modifier.ControlModifier)
    dialog.search.setText("undo")
    dialog.no_key.click()
    assert keys_in_use(dialog.changed)["undo"] == ()
    dialog.reset_all.click()
    assert dialog.changed == {}
    assert Preferences.load().keys == {}


def test_changed_keys_are_used_from_the_start(theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(theme, Preferences(keys={"quit": ("F9",), "gone": ("F10",)}), Answers)
    qtbot.addWidget(window)
    assert [key.toString() for key in window.menus.actions["quit"].shortcuts()] == ["F9"]
