"""The sheet of shortcuts: every command, found by typing, its keys changed, kept and used."""

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
    refusal,
    reset,
    with_key,
    written,
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
    def test_without_changes_they_are_those_of_the_table(self) -> None:
        assert keys_in_use({}) == {name: command.keys for name, command in COMMANDS.items()}

    @given(stored)
    def test_whatever_is_stored_no_key_means_two_things(
        self, changed: dict[str, tuple[str, ...]]
    ) -> None:
        used = [key for command_keys in keys_in_use(changed).values() for key in command_keys]
        assert len(used) == len(set(used))
        assert all(QKeySequence(key).toString() == key for key in used)
        assert keys_in_use(changed).keys() == COMMANDS.keys()

    @given(stored, st.sampled_from([*COMMANDS]), keys, st.booleans())
    def test_a_key_that_is_given_is_had_and_by_nobody_else(
        self, changed: dict[str, tuple[str, ...]], name: str, key: str, keep: bool
    ) -> None:
        given_keys = with_key(changed, name, key, keep=keep)
        assert owner_of(key, given_keys) == (name if written(key) else None)
        if keep:
            assert {*keys_in_use(changed)[name]} <= {*keys_in_use(given_keys)[name]}

    @given(stored, st.sampled_from([*COMMANDS]))
    def test_taking_a_change_back_leaves_the_others(
        self, changed: dict[str, tuple[str, ...]], name: str
    ) -> None:
        assert reset(changed, name) == {n: k for n, k in changed.items() if n != name}

    @pytest.mark.parametrize("key", ["A", "Shift+A", "Space", "Return", "Tab", "Esc", "Del", "Up"])
    def test_keys_for_typing_are_refused(self, key: str) -> None:
        assert "needed for typing" in refusal(key)

    @pytest.mark.parametrize("key", ["Ctrl+C", "Ctrl+Home", "Alt+Up", "Ctrl+Shift+Left"])
    def test_keys_of_fields_and_lists_are_refused(self, key: str) -> None:
        assert "needed in fields and lists" in refusal(key)

    @pytest.mark.parametrize("key", ["Ctrl+U", "F9", "Shift+F9", "Alt+U", "Ctrl+Alt+Up"])
    def test_others_can_be_given(self, key: str) -> None:
        assert refusal(key) == ""

    def test_the_table_itself_has_none_that_would_be_refused(self) -> None:
        assert {k: refusal(k) for c in COMMANDS.values() for k in c.keys if refusal(k)} == {}


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> ShortcutsDialog:
    """The sheet as `F1` opens it, without waiting for it to be closed."""
    made = ShortcutsDialog(
        window, window.settings.preferences.keys, window.view_commands.change_keys
    )
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def shown(sheet: ShortcutsDialog) -> list[str]:
    return [item.text(0) for item in sheet.items.values() if not item.isHidden()]


def give(sheet: ShortcutsDialog, bot: QtBot, words: str, key: Key, modifier: Modifier) -> None:
    """Find a command, and press a new key for it."""
    sheet.search.setFocus()
    sheet.search.setText("")
    bot.keyClicks(sheet.search, words)
    bot.keyClick(sheet.search, Key.Key_Return)
    bot.keyClick(sheet.tree, Key.Key_Return)
    assert sheet.key.isAncestorOf(sheet.focusWidget()) or sheet.key.hasFocus()
    bot.keyClick(sheet.key, key, modifier)


def test_it_lists_every_command_with_its_keys_under_its_menu(sheet: ShortcutsDialog) -> None:
    assert sheet.items.keys() == COMMANDS.keys()
    for name, command in COMMANDS.items():
        item = sheet.items[name]
        assert item.text(0) == command.words
        assert item.parent() is sheet.menus[MENU_OF[name]]
        assert item.text(1).split() == [native(key) for key in command.keys]


def test_it_is_searched_by_name_menu_and_key(sheet: ShortcutsDialog) -> None:
    sheet.search.setText("ctrl+m")
    assert shown(sheet) == ["Mark as coded and go to the next"]
    sheet.search.setText("view larger")
    assert shown(sheet) == ["Larger text"]
    assert sheet.chosen == "larger_text"
    assert [title for title, menu in sheet.menus.items() if not menu.isHidden()] == ["View"]
    sheet.search.setText("xyzzy")
    assert (shown(sheet), sheet.chosen) == ([], "")


def test_a_new_key_is_given_by_keyboard_alone_used_and_remembered(
    person: Person, sheet: ShortcutsDialog, qtbot: QtBot
) -> None:
    give(sheet, qtbot, "next record", Key.Key_U, Modifier.ControlModifier)
    assert sheet.chosen == "next_record"
    assert "Next record” has Ctrl+U now" in sheet.told.text()
    assert sheet.items["next_record"].text(2) == "changed"
    assert Preferences.load().keys == {"next_record": ("Ctrl+U",)}
    action = person.window.menus.actions["next_record"]
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+U"]
    with qtbot.waitActive(person.window):
        sheet.close()
        person.window.activateWindow()
    person.view.desk.select(record_of(person, 9101))
    person.go("outcome")
    person.ctrl(Key.Key_U)
    assert person.title() == "MID 9102"
    person.ctrl(Key.Key_K)
    lines = {line.name: line.keys for line in person.window.view_commands.palette.model.lines}
    assert lines["next_record"] == "Ctrl+U"


def test_a_key_can_be_added_to_those_there(sheet: ShortcutsDialog, qtbot: QtBot) -> None:
    sheet.keep.setChecked(True)
    give(sheet, qtbot, "ctrl+r take", Key.Key_U, Modifier.ControlModifier)
    assert keys_in_use(sheet.changed)["take_back"] == ("Ctrl+R", "Ctrl+U")


def test_a_key_that_another_command_has_is_told_and_can_be_taken_from_it(
    sheet: ShortcutsDialog, qtbot: QtBot
) -> None:
    give(sheet, qtbot, "next record with", Key.Key_M, Modifier.ControlModifier)
    assert sheet.told.text() == "Ctrl+M is the key of “Mark as coded and go to the next”."
    assert sheet.changed == {}
    assert not sheet.take_away.isHidden()
    sheet.take_away.click()
    assert sheet.changed == {"next_finding": ("Ctrl+M",), "mark_coded": ()}
    assert sheet.take_away.isHidden()


def test_a_key_that_is_needed_for_typing_is_refused(sheet: ShortcutsDialog, qtbot: QtBot) -> None:
    give(sheet, qtbot, "quit", Key.Key_U, Modifier.NoModifier)
    assert "needed for typing" in sheet.told.text()
    assert sheet.changed == {}


def test_esc_in_the_key_goes_back_to_the_list_and_tab_goes_on(
    sheet: ShortcutsDialog, qtbot: QtBot
) -> None:
    sheet.key.setFocus()
    qtbot.keyClick(sheet.key, Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.tree.hasFocus()
    sheet.key.setFocus()
    qtbot.keyClick(sheet.key, Key.Key_Tab)
    assert sheet.keep.hasFocus()


def test_one_is_reset_and_what_others_were_given_is_told(
    sheet: ShortcutsDialog, qtbot: QtBot
) -> None:
    give(sheet, qtbot, "next record with", Key.Key_M, Modifier.ControlModifier)
    sheet.take_away.click()
    sheet.search.setText("mark as coded")
    sheet.reset_one.click()
    assert "Ctrl+M stays with “Next record with a finding”" in sheet.told.text()
    sheet.search.setText("next record with")
    sheet.reset_one.click()
    assert keys_in_use(sheet.changed) == keys_in_use({})
    assert not sheet.reset_one.isEnabled()


def test_all_are_reset(sheet: ShortcutsDialog, qtbot: QtBot) -> None:
    give(sheet, qtbot, "quit", Key.Key_U, Modifier.ControlModifier)
    sheet.search.setText("undo")
    sheet.no_key.click()
    assert keys_in_use(sheet.changed)["undo"] == ()
    sheet.reset_all.click()
    assert sheet.changed == {}
    assert Preferences.load().keys == {}


def test_the_keys_are_used_from_the_start(theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(theme, Preferences(keys={"quit": ("F9",), "gone": ("F10",)}), Answers)
    qtbot.addWidget(window)
    assert [key.toString() for key in window.menus.actions["quit"].shortcuts()] == ["F9"]
