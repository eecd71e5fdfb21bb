"""Printed values, read and printed back."""

from __future__ import annotations

import pytest

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import DateValue, Participant, Unread
from mideditor.text.values import (
    read_code,
    read_dates,
    read_number,
    read_outcome,
    read_side,
    read_sides,
)
from mideditor.text.writer import print_dates, print_outcome, print_sides, write_side

DAY, MONTH = PartialDate(1995, 10, 8), PartialDate(1995, 10)


def unread(text: str) -> Unread:
    return Unread(unread=text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("October 8, 1995", DAY, DAY),
        ("October 1995", MONTH, MONTH),
        ("October 8, 1995 to October 1995", DAY, MONTH),
        ("October 8, 1995 to", DAY, None),
        ("to October 8, 1995", None, DAY),
        ("", None, None),
        ("to", None, None),
        ("autumn 1995", unread("autumn 1995"), unread("autumn 1995")),
        ("autumn to October 1995", unread("autumn"), MONTH),
        ("February 30, 1995", unread("February 30, 1995"), unread("February 30, 1995")),
    ],
)
def test_dates(text: str, start: DateValue, end: DateValue) -> None:
    assert read_dates(text) == (start, end)
    assert read_dates(print_dates(start, end)) == (start, end)


def test_sides() -> None:
    text = "365 Russia, 200 United Kingdom/2 United States of America"
    side_a, side_b = read_sides(text)
    assert side_a == (
        Participant(code=365, name="Russia"),
        Participant(code=200, name="United Kingdom"),
    )
    assert print_sides(side_a, side_b) == text


@pytest.mark.parametrize("text", ["365 Russia", "2 Cuba/40 Chad/70 Mexico", "nobody"])
def test_sides_without_exactly_one_slash_are_kept_as_they_are(text: str) -> None:
    assert read_sides(text) == (unread(text), ())
    assert print_sides(unread(text), ()) == text


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("690 Kuwait", 690, "Kuwait"),
        ("690", 690, ""),
        ("Hawaii", None, "Hawaii"),
        ("437 Côte d’Ivoire", 437, "Côte d’Ivoire"),
        ("0 Nowhere", None, "0 Nowhere"),
    ],
)
def test_a_participant(text: str, code: int | None, name: str) -> None:
    side = (Participant(code=code, name=name),)
    assert read_side(text) == side
    assert write_side(side) == text


@pytest.mark.parametrize(
    ("text", "outcome", "settlement"),
    [
        ("Victory for side A (Imposed)", Outcome.VICTORY_A, Settlement.IMPOSED),
        ("Unclear", Outcome.UNCLEAR, None),
        ("(None)", None, Settlement.NONE),
        ("Draw (of a kind) (None)", unread("Draw (of a kind)"), Settlement.NONE),
        ("", None, None),
    ],
)
def test_the_outcome_is_split_at_the_last_parenthesis(
    text: str, outcome: Outcome | Unread | None, settlement: Settlement | None
) -> None:
    assert read_outcome(text) == (outcome, settlement)
    assert print_outcome(outcome, settlement) == text


def test_the_value_none_differs_from_no_value() -> None:
    assert str(read_code("None", Fatalities)) == "None"
    assert read_code("", Fatalities) is None
    assert read_number("") is None
    assert read_number("twelve") == unread("twelve")
