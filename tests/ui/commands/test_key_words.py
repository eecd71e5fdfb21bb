"""Wherever the window names the key of a command, it is the current key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from mideditor.domain.changes import ChangeKind
from mideditor.ui.actions.help_window import PAGES, page_path
from mideditor.ui.commands.commands import COMMANDS
from mideditor.ui.commands.key_words import KeyWords, with_keys_in_use
from mideditor.ui.commands.keys import Keys
from mideditor.ui.history.field_history import FieldHistory
from tests.ui.conftest import Person, record_of

Key = Qt.Key
CHANGED: Keys = {
    "take_back": ("Ctrl+U",),
    "focus_reason": ("Ctrl+Alt+R",),
    "switch_kind": ("F12",),
    "undo": ("Ctrl+Alt+Z",),
    "import_texts": ("Ctrl+Alt+I",),
    "find_next": ("Alt+F",),
    "field_history": ("F11",),
}
SOURCES = sorted(Path(__file__).parents[3].glob("mideditor/ui/**/*.py"))


class TestKeyWords:
    def test_the_default_keys(self) -> None:
        keys = KeyWords()
        assert keys.of("undo") == "Ctrl+Z"
        assert keys.hint("switch_kind", "switches") == " (F4 switches)"
        assert keys.hint("focus_reason") == " (F6)"
        assert keys.clause("undo", "takes it back") == "; Ctrl+Z takes it back"

    def test_the_changed_keys(self) -> None:
        keys = KeyWords()
        keys.use(CHANGED)
        assert keys.hint("switch_kind", "switches") == " (F12 switches)"
        assert keys.clause("undo", "takes it back") == "; Ctrl+Alt+Z takes it back"

    def test_a_command_without_a_key_has_no_words(self) -> None:
        keys = KeyWords()
        keys.use({"undo": (), "switch_kind": ()})
        assert keys.hint("switch_kind", "switches") == ""
        assert keys.clause("undo", "takes it back") == ""

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_words(self, name: str) -> None:
        assert KeyWords().of(name) == (COMMANDS[name].keys or ("",))[0]


class TestWindow:
    @pytest.fixture
    def typist(self, person: Person) -> Person:
        """A user who changed keys while the project was open."""
        person.window.view_commands.change_keys(CHANGED)
        return person

    def test_fields_and_the_edit_bar(self, typist: Person) -> None:
        view = typist.view
        line = view.edit_bar.reason.lineEdit()
        assert line is not None
        assert line.placeholderText().startswith("Reason for the next edits (Ctrl+Alt+R);")
        assert view.edit_bar.buttons[ChangeKind.CODING].toolTip().endswith("(F12 switches)")
        note = view.texts.panels["narrative"].note.findChild(QToolButton)
        assert isinstance(note, QToolButton)
        assert note.toolTip() == "Take back to the original (Ctrl+U)"
        assert view.texts.narrative.find_bar.buttons["next"].toolTip() == "Next place (Alt+F)"

    def test_the_empty_table(self, typist: Person) -> None:
        typist.window.run("undo")
        typist.answer_banner()
        assert typist.view.table.empty_text() == (
            "There is nothing in this project yet. Import a chapter’s text (Ctrl+Alt+I)."
        )

    def test_the_message_after_a_step(self, typist: Person) -> None:
        desk, record = typist.view.desk, record_of(typist, 9101)
        desk.select(record)
        desk.commit("end_date", desk.parse("end_date", "March 1, 1963"))
        typist.view.form.findings.accept_requested.emit(desk.checks.of(record)[0])
        assert typist.status().startswith("Give the reason first (Ctrl+Alt+R)")
        desk.reason = "So printed"
        typist.view.form.findings.accept_requested.emit(desk.checks.of(record)[0])
        assert typist.status().endswith("on disk; Ctrl+Alt+Z takes it back")

    def test_the_key_of_the_field_history_also_closes_it(self, typist: Person) -> None:
        typist.view.desk.select(record_of(typist, 9101))
        typist.view.desk.commit("outcome", "Released")
        typist.go("outcome")
        typist.press(Key.Key_F11)
        history = typist.view.findChild(FieldHistory)
        assert isinstance(history, FieldHistory)
        typist.press(Key.Key_F7)
        assert history.isVisible()
        typist.press(Key.Key_F11)
        assert not history.isVisible()

    def test_changed_keys_are_used_from_the_start(self, typist: Person) -> None:
        path = typist.view.desk.session.path
        assert typist.window.close_project()
        assert typist.window.open(path)
        assert typist.view.desk.keys.of("undo") == "Ctrl+Alt+Z"

    def test_the_guide(self, typist: Person) -> None:
        typist.window.run("show_help")
        guide = typist.window.view_commands.guide
        assert guide is not None
        guide.show_page("history")
        assert "Undo (Ctrl+Alt+Z) adds a step" in guide.page.toPlainText()
        typist.window.view_commands.change_keys({})
        typist.window.view_commands.show_help()
        guide.show_page("history")
        assert "Undo (Ctrl+Z) adds a step" in guide.page.toPlainText()
        guide.close()


class TestGuide:
    def test_keys_of_commands_are_replaced_by_the_current_ones(self) -> None:
        page = "`Ctrl+Z` takes back, `F7` tells, `Enter` goes; press `T` or Ctrl+Z. `F4`"
        assert with_keys_in_use(page, {}) == page
        assert with_keys_in_use(page, {**CHANGED, "switch_kind": ()}) == (
            "`Ctrl+Alt+Z` takes back, `F11` tells, `Enter` goes; press `T` or Ctrl+Z. "
            "*Switch correction / coding change*"
        )

    @pytest.mark.parametrize("name", PAGES)
    def test_with_the_default_keys_a_page_is_unchanged(self, name: str) -> None:
        text = page_path(name).read_text(encoding="utf-8")
        assert with_keys_in_use(text, {}) == text


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_text_of_the_window_contains_a_fixed_command_key(source: Path) -> None:
    """Keys of widgets, such as Shift+Enter in a list, are allowed."""
    if source.stem in ("commands", "keys", "key_words"):
        return
    assert _KEYS_IN.findall("Undo (Ctrl+Z), F4 and Ctrl+Shift+G") == [
        "Ctrl+Z",
        "F4",
        "Ctrl+Shift+G",
    ]
    code = re.sub(r'"""(?:.|\n)*?"""', "", source.read_text(encoding="utf-8"))
    named = {key for text in re.findall(r'"([^"\n]*)"', code) for key in _KEYS_IN.findall(text)}
    assert named & TAKEN == set()


TAKEN = {key for command in COMMANDS.values() for key in command.keys}
_KEYS_IN = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|(?<=\+)\w+)")
