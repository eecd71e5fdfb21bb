"""The command palette: commands, fields and records by a few letters; the focus is restored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mideditor.domain.codes import ReviewState
from mideditor.session.preferences import Preferences
from mideditor.ui.actions.palette import Palette, PaletteLine, PaletteModel, matching_lines
from mideditor.ui.commands.commands import COMMANDS, Needs
from mideditor.ui.kit.fuzzy import rank
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of

Key = Qt.Key
Modifier = Qt.KeyboardModifier
TITLES = [command.label for command in COMMANDS.values()]
letters = st.text("abcdefgnorst ", max_size=6)


class TestFuzzy:
    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ("nextr", "Next record"),
            ("nr", "Next record"),
            ("record next", "Next record"),
            ("sb", "Side B"),
            ("goto out", "Go to Outcome"),
            ("2225", "Go to MID 2225"),
        ],
    )
    def test_letters_in_order_match(self, typed: str, title: str) -> None:
        assert rank(typed, title) is not None

    def test_missing_letters_do_not_match(self) -> None:
        assert rank("nextq", "Next record") is None
        assert rank("txen", "Next record") is None

    def test_closer_matches_come_first(self) -> None:
        titles = ["Show records", "Sort", "So it goes", "A sort of", "Resort", "Scour it"]
        lines = [PaletteLine(title, title, str) for title in titles]
        assert [line.title for line in matching_lines(lines, "so", ())] == [
            "Sort",
            "So it goes",
            "A sort of",
            "Resort",
            "Scour it",
            "Show records",
        ]

    @given(st.sampled_from(TITLES), letters, st.characters(categories=["L", "N"]))
    def test_one_more_letter_never_adds_a_match(self, title: str, typed: str, more: str) -> None:
        if rank(typed, title) is None:
            assert rank(typed + more, title) is None

    @given(st.sampled_from(TITLES), st.data())
    def test_part_of_a_title_matches_it(self, title: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(title)))
        assert rank(title[start : data.draw(st.integers(start, len(title)))], title) is not None

    @given(letters)
    def test_of_equal_matches_the_most_recently_used_comes_first(self, typed: str) -> None:
        lines = [PaletteLine(name, "Go to the table", str) for name in ("one", "two", "three")]
        found = [line.name for line in matching_lines(lines, typed, ("three", "two"))]
        assert found in ([], ["three", "two", "one"])


def palette(person: Person) -> Palette:
    return person.window.view_commands.palette


def titles(person: Person) -> list[str]:
    return [line.title for line in palette(person).model.lines]


def lines_by_name(window: MainWindow) -> dict[str, PaletteLine]:
    return {line.name: line for line in window.view_commands.palette.model.lines}


@pytest.mark.parametrize("key", [Key.Key_K, Key.Key_P])
def test_its_keys_open_it_from_a_field_and_esc_returns(person: Person, key: Key) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.go("end_date")
    field = person.focused
    person.type("x")
    if key == Key.Key_P:
        person.press(key, Modifier.ControlModifier, Modifier.ShiftModifier)
    else:
        person.ctrl(key)
    assert palette(person).isVisible()
    assert person.focused is palette(person).line
    person.press(Key.Key_Escape)
    assert not palette(person).isVisible()
    assert person.focused is field
    assert "x" in person.read("end_date"), "pending text is still pending"
    assert person.view.desk.drafts == {}


@pytest.mark.parametrize("start", ["reason", "records", "narrative", "outcome", "side_a"])
def test_it_opens_from_every_field(person: Person, start: str) -> None:
    person.view.desk.select(record_of(person, 9101))
    if start == "reason":
        person.press(Key.Key_F6)
    elif start == "records":
        person.ctrl(Key.Key_1)
    else:
        person.go(start)
    person.ctrl(Key.Key_K)
    assert palette(person).isVisible()


def test_it_lists_every_command_with_menu_and_key(person: Person) -> None:
    person.ctrl(Key.Key_K)
    lines = lines_by_name(person.window)
    assert {*COMMANDS} - {*lines} == {"show_palette"}
    assert (lines["undo"].title, lines["undo"].context, lines["undo"].keys) == (
        "Undo",
        "Edit",
        "Ctrl+Z",
    )


def test_disabled_commands_show_the_reason(person: Person, window: MainWindow) -> None:
    person.ctrl(Key.Key_K)
    assert "there is nothing to redo" in lines_by_name(window)["redo"].detail
    assert lines_by_name(window)["undo"].disabled_reason == ""
    person.press(Key.Key_Escape)
    assert window.close_project()
    window.run("show_palette")
    assert lines_by_name(window)["undo"].disabled_reason == Needs.UNDO.value
    assert lines_by_name(window)["open_project"].disabled_reason == ""


def test_every_need_has_a_reason_text() -> None:
    assert all(need.value for need in Needs if need is not Needs.NOTHING)


def test_enter_runs_the_command_on_the_previously_focused_field(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.view.desk.commit("outcome", "Released")
    person.go("outcome")
    person.ctrl(Key.Key_K)
    person.type("take back")
    assert titles(person)[0] == "Take the field back to its original"
    person.press(Key.Key_Return)
    assert not palette(person).isVisible()
    assert person.read("outcome") == "Unclear"
    assert person.view.field_with_focus() == "outcome"


def test_enter_on_a_disabled_command_does_nothing(person: Person) -> None:
    person.ctrl(Key.Key_K)
    person.type("redo")
    person.press(Key.Key_Return)
    assert palette(person).isVisible()


def test_recent_commands_come_first_and_are_remembered(person: Person) -> None:
    for words in ("next record", "go to the table"):
        person.ctrl(Key.Key_K)
        person.type(words)
        person.press(Key.Key_Return)
    person.ctrl(Key.Key_K)
    assert titles(person)[:2] == ["Go to the table", "Next record"]
    assert Preferences.load().recent_commands == ("go_to_table", "next_record")


def test_up_and_down_wrap_around(person: Person) -> None:
    person.ctrl(Key.Key_K)
    palette_list = palette(person).list
    person.press(Key.Key_Up)
    assert palette_list.currentIndex().row() == palette(person).model.rowCount() - 1
    person.press(Key.Key_Down)
    person.press(Key.Key_Tab)
    assert palette_list.currentIndex().row() == 1
    assert person.focused is palette(person).line


def test_a_field_is_reached_by_its_first_letters(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    for typed, field in (("sb", "side_b"), ("fat", "fatalities"), ("narr", "narrative")):
        person.ctrl(Key.Key_J)
        person.type(typed)
        person.press(Key.Key_Return)
        assert person.view.field_with_focus() == field


@pytest.mark.parametrize("number", [9102, 9103, None])
def test_the_fields_offered_are_those_of_the_record(person: Person, number: int | None) -> None:
    view = person.view
    view.desk.select(record_of(person, number) if number else view.desk.session.ids()[0])
    person.ctrl(Key.Key_J)
    offered = {line.name.removeprefix("field ") for line in palette(person).model.lines}
    shown = {name for name, panel in view.texts.panels.items() if panel.editor.isEnabled()}
    assert offered == {*view.form.boxes} | shown


def test_a_record_is_reached_by_its_number_and_the_field_stays_focused(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.go("outcome")
    person.ctrl(Key.Key_K)
    person.type("9102")
    line = palette(person).model.lines[0]
    assert (line.title, line.context) == (
        "Go to MID 9102",
        "entry, January 28, 1964 to March 27, 1964",
    )
    person.press(Key.Key_Return)
    assert person.title() == "MID 9102"
    assert person.view.field_with_focus() == "outcome"


def test_an_unknown_number_is_reported(person: Person) -> None:
    person.ctrl(Key.Key_K)
    person.type("777777")
    assert titles(person) == []
    assert not palette(person).empty.isHidden()
    assert "777777" in palette(person).empty.text()


def test_a_click_elsewhere_closes_it(person: Person) -> None:
    person.ctrl(Key.Key_K)
    person.view.filter.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not palette(person).isVisible()
    assert person.focused is person.view.filter


def test_a_menu_command_closes_it_first(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.go("outcome")
    person.ctrl(Key.Key_K)
    person.window.menus.actions["next_record"].trigger()
    assert not palette(person).isVisible()
    assert (person.title(), person.view.field_with_focus()) == ("MID 9102", "outcome")


def test_it_works_without_a_project(window: MainWindow) -> None:
    window.run("show_palette")
    assert window.view_commands.palette.isVisible()
    window.view_commands.palette.dismiss()


def test_it_keeps_within_the_window(person: Person) -> None:
    person.ctrl(Key.Key_K)
    for width, height in ((1280, 800), (960, 620)):
        person.window.resize(width, height)
        room = person.window.rect()
        assert room.contains(palette(person).geometry())


def test_its_model_passes_the_model_tester(qtmodeltester: ModelTester) -> None:
    model = PaletteModel()
    model.show_lines([PaletteLine("one", "One", str), PaletteLine("two", "Two", str)])
    qtmodeltester.check(model)


class TestCommitAndNext:
    def press_keys(self, person: Person) -> None:
        person.press(Key.Key_Return, Modifier.ControlModifier, Modifier.ShiftModifier)

    @pytest.mark.parametrize("field", ["end_date", "narrative"])
    def test_it_commits_and_keeps_the_field(self, person: Person, field: str) -> None:
        first = record_of(person, 9101)
        person.view.desk.select(first)
        person.go(field)
        person.retype("March 16, 1963")
        self.press_keys(person)
        assert (person.title(), person.view.field_with_focus()) == ("MID 9102", field)
        person.view.desk.select(first)
        assert person.read(field) == "March 16, 1963"
        assert not person.view.desk.drafts

    def test_an_invalid_value_prevents_it(self, person: Person) -> None:
        person.view.desk.select(record_of(person, 9101))
        person.go("end_date")
        person.retype("soon")
        self.press_keys(person)
        assert person.title() == "MID 9101"
        assert person.read("end_date") == "soon"
        assert "no value" in person.status()

    def test_marking_as_coded_also_keeps_the_field(self, person: Person) -> None:
        first = record_of(person, 9101)
        person.view.desk.select(first)
        person.go("outcome")
        person.ctrl(Key.Key_M)
        assert person.view.desk.session.record(first).review is ReviewState.CODED
        assert (person.title(), person.view.field_with_focus()) == ("MID 9102", "outcome")
