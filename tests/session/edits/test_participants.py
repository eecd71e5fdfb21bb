"""Editing the sides of an entry: `2 USA, 200 UK / 365 Russia`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Entry, Unread
from mideditor.session.edits.participants import (
    AlreadyThere,
    NewSides,
    add,
    cross,
    members,
    move,
    other_side,
    outside_the_system,
    remove,
    shift,
)
from mideditor.session.session import Session
from tests.session.chapters import imported, one_entry

SIDES = "2 United States of America, 200 United Kingdom, 20 Canada/365 Russia"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    text = one_entry(2220).replace("100 Colombia/135 Peru", SIDES)
    with imported(tmp_path, text) as opened:
        yield opened


@pytest.fixture
def entry(session: Session) -> Entry:
    found = session.record(session.ids()[0])
    assert isinstance(found, Entry)
    return found


def in_words(sides: NewSides) -> dict[str, str]:
    return {name: printed_value(FIELDS[name], side) for name, side in sides.items()}


def codes(sides: NewSides) -> dict[str, list[int | None]]:
    return {name: [member.code for member in side] for name, side in sides.items()}


def test_the_members_of_each_side(entry: Entry) -> None:
    assert printed_value(FIELDS["side_a"], members(entry, "side_a")) == SIDES.split("/")[0]
    assert printed_value(FIELDS["side_b"], members(entry, other_side("side_a"))) == "365 Russia"
    assert other_side("side_b") == "side_a"


def test_a_state_is_added_at_the_end_by_code_or_name(session: Session, entry: Entry) -> None:
    states = session.states
    assert in_words(add(entry, "side_b", "315", states)) == {
        "side_b": "365 Russia, 315 Czechoslovakia"
    }
    assert codes(add(entry, "side_b", "Poland, 310", states)) == {"side_b": [365, 290, 310]}


def test_a_printed_list_of_both_sides_replaces_both(session: Session, entry: Entry) -> None:
    added = add(entry, "side_a", "135 Peru / 100 Colombia", session.states)
    assert in_words(added) == {"side_a": "135 Peru", "side_b": "100 Colombia"}


def test_a_state_that_is_on_the_side_is_not_added_again(session: Session, entry: Entry) -> None:
    with pytest.raises(AlreadyThere) as caught:
        add(entry, "side_a", "Canada", session.states)
    assert str(caught.value) == "20 Canada is on side A already."
    with pytest.raises(ValueError, match="Nowhere"):
        add(entry, "side_a", "Nowhere", session.states)


def test_a_member_is_removed(entry: Entry) -> None:
    assert codes(remove(entry, "side_a", 1)) == {"side_a": [2, 20]}
    assert codes(remove(entry, "side_b", 0)) == {"side_b": []}
    assert remove(entry, "side_a", -1) == {}, "no row is selected"


def test_a_member_moves_up_and_down_its_side(entry: Entry) -> None:
    assert codes(shift(entry, "side_a", 2, -1)) == {"side_a": [2, 20, 200]}
    assert codes(shift(entry, "side_a", 0, 1)) == {"side_a": [200, 2, 20]}
    assert shift(entry, "side_a", 0, -1) == {}
    assert shift(entry, "side_a", 2, 1) == {}
    assert shift(entry, "side_a", -1, 1) == {}


def test_a_member_crosses_to_the_end_of_the_other_side(entry: Entry) -> None:
    assert codes(cross(entry, "side_a", 1)) == {"side_a": [2, 20], "side_b": [365, 200]}
    assert codes(cross(entry, "side_b", 0)) == {"side_b": [], "side_a": [2, 200, 20, 365]}
    assert cross(entry, "side_b", 1) == {}


def test_a_dragged_member_goes_before_the_row_where_it_was_dropped(entry: Entry) -> None:
    assert codes(move(entry, "side_a", 0, "side_a", 3)) == {"side_a": [200, 20, 2]}
    assert codes(move(entry, "side_a", 2, "side_a", 0)) == {"side_a": [20, 2, 200]}
    assert codes(move(entry, "side_a", 1, "side_b", 0)) == {
        "side_b": [200, 365],
        "side_a": [2, 20],
    }
    assert move(entry, "side_b", 4, "side_a", 0) == {}


def test_nothing_crosses_to_a_side_that_could_not_be_read(session: Session, entry: Entry) -> None:
    unread = entry.replace(side_a=Unread(unread="the Allies"))
    assert members(unread, "side_a") == ()
    assert cross(unread, "side_b", 0) == {}
    assert shift(unread, "side_a", 0, 1) == {}
    assert move(unread, "side_a", 0, "side_b", 0) == {}
    assert remove(unread, "side_a", 0) == {"side_a": ()}, "the unread text is removed"
    assert codes(add(unread, "side_a", "200", session.states)) == {"side_a": [200]}


def test_planned_sides_are_what_the_step_sets(session: Session, entry: Entry) -> None:
    (record,) = session.ids()
    session.edit(ChangeKind.CORRECTION, {record: cross(entry, "side_a", 2)})
    after = session.record(record)
    assert isinstance(after, Entry)
    assert (
        printed_value(FIELDS["side_a"], after.side_a)
        == "2 United States of America, 200 United Kingdom"
    )
    assert printed_value(FIELDS["side_b"], after.side_b) == "365 Russia, 20 Canada"


def test_a_state_outside_the_system_at_the_time_is_named(session: Session, entry: Entry) -> None:
    canada = members(entry, "side_a")[2]
    assert outside_the_system(entry, canada, session.states) == (
        "No member of the state system at the time. Canada: since January 10, 1920."
    )
    later = entry.replace(start_date=parse_date("1950-05"), end_date=None)
    assert outside_the_system(later, canada, session.states) == ""
    undated = entry.replace(start_date=None, end_date=None)
    assert outside_the_system(undated, canada, session.states) == ""
