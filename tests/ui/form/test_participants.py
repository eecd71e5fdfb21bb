"""The sides of a dispute: participants are added by code or name, removed, reordered and moved."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Entry
from mideditor.ui.form.side_box import SideBox
from tests.ui.conftest import Person, record_of

Key = Qt.Key


def box(person: Person, side: str) -> SideBox:
    found = person.view.form.boxes[side]
    assert isinstance(found, SideBox)
    return found


def sides(person: Person) -> tuple[str, str]:
    entry = person.view.desk.session.record(record_of(person, 9102))
    assert isinstance(entry, Entry)
    assert isinstance(entry.side_a, tuple)
    return ", ".join(map(str, entry.side_a)), ", ".join(map(str, entry.side_b))


def select_9102(person: Person) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_Down)
    assert person.title() == "MID 9102"


def test_a_state_is_added_by_code_or_by_name(person: Person) -> None:
    select_9102(person)
    for typed in ("220", "poland"):
        box(person, "side_b").editor.setFocus()
        person.type(typed)
        person.press(Key.Key_Return)
    assert sides(person)[1] == "365 Russia, 220 France, 290 Poland"
    assert box(person, "side_b").members.count() == 3
    assert person.note("side_b") == "was 365 Russia"


def test_an_unknown_state_is_rejected_with_a_message(person: Person) -> None:
    select_9102(person)
    before = sides(person)
    box(person, "side_a").editor.setFocus()
    person.type("Atlantis")
    person.press(Key.Key_Return)
    assert "“Atlantis” is no state of the state list" in person.note("side_a")
    assert sides(person) == before


def test_keys_remove_reorder_and_move_across_in_one_step_each(person: Person) -> None:
    select_9102(person)
    steps = len(person.view.desk.session.history.steps)
    person.go("side_a")
    box(person, "side_a").members.setCurrentRow(1)
    person.alt(Key.Key_Up)
    assert sides(person)[0] == "200 United Kingdom, 2 United States of America"
    person.alt(Key.Key_Right)
    assert sides(person) == ("2 United States of America", "365 Russia, 200 United Kingdom")
    person.go("side_b")
    box(person, "side_b").members.setCurrentRow(0)
    person.press(Key.Key_Delete)
    assert sides(person)[1] == "200 United Kingdom"
    assert len(person.view.desk.session.history.steps) == steps + 3
    for _ in range(3):
        person.ctrl(Key.Key_Z)
    assert sides(person) == ("2 United States of America, 200 United Kingdom", "365 Russia")


def test_coded_participants_are_printed_in_the_coding_changes(person: Person) -> None:
    select_9102(person)
    person.press(Key.Key_F4)
    box(person, "side_b").editor.setFocus()
    person.type("220")
    person.press(Key.Key_Return)
    assert person.read("coding_changes") == (
        "End Date changed from March 1964. Added to the dispute: 220 France."
    )


def test_a_completion_is_added_once_and_clears_the_line(person: Person) -> None:
    select_9102(person)
    line = box(person, "side_b").editor
    line.setFocus()
    person.type("fran")
    completer = line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    person.bot.waitUntil(popup.isVisible)
    person.bot.keyClick(popup, Key.Key_Down)
    person.bot.keyClick(popup, Key.Key_Return)
    assert sides(person)[1] == "365 Russia, 220 France"
    person.bot.waitUntil(lambda: line.text() == "")


def test_a_state_cannot_be_added_twice(person: Person) -> None:
    select_9102(person)
    box(person, "side_b").editor.setFocus()
    person.type("365")
    person.press(Key.Key_Return)
    assert person.note("side_b").startswith("365 Russia is on side B already")
    assert sides(person)[1] == "365 Russia"


def test_a_member_is_dragged_within_a_side_and_across_sides(person: Person) -> None:
    select_9102(person)
    steps = len(person.view.desk.session.history.steps)
    box(person, "side_a").members.dropped.emit("side_a", 1, 0)
    assert sides(person)[0] == "200 United Kingdom, 2 United States of America"
    box(person, "side_a").members.dropped.emit("side_a", 0, 2)
    assert sides(person)[0] == "2 United States of America, 200 United Kingdom"
    box(person, "side_b").members.dropped.emit("side_a", 1, 0)
    assert sides(person) == ("2 United States of America", "200 United Kingdom, 365 Russia")
    assert len(person.view.desk.session.history.steps) == steps + 3
    person.window.run("undo")
    assert sides(person)[1] == "365 Russia"


def test_a_printed_list_fills_both_sides(person: Person) -> None:
    select_9102(person)
    box(person, "side_b").editor.setFocus()
    person.paste("365 Russia, 365 Russia/2 United States of America")
    person.press(Key.Key_Escape)
    person.paste("365 Russia, 290 Poland/2 United States of America, Turkey")
    person.press(Key.Key_Return)
    assert sides(person) == ("365 Russia, 290 Poland", "2 United States of America, 640 Turkey")
    person.window.run("undo")
    assert sides(person) == ("2 United States of America, 200 United Kingdom", "365 Russia")


def test_a_state_outside_the_system_at_the_time_has_a_warning(person: Person) -> None:
    select_9102(person)
    box(person, "side_b").editor.setFocus()
    person.type("GDR")
    person.press(Key.Key_Return)
    member = box(person, "side_b").members.item(1)
    assert member.toolTip() == "", "it was a member in 1964"
    person.view.desk.commit("start_date", parse_date("May 1911"))
    person.view.desk.commit("end_date", parse_date("May 1911"))
    member = box(person, "side_b").members.item(1)
    assert not member.icon().isNull()
    assert member.toolTip().startswith("No member of the state system at the time. German Dem")
    assert "1954" in member.toolTip()
