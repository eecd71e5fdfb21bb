"""Dates, states and dispute numbers that a text mentions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.mentions import DayOfYear, DisputeNumber, mentions_in
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.states import parse_states

STATES = parse_states(
    """\
code,abbreviation,name,from,to,variants
2,USA,United States of America,1816-01-01,,United States|US
255,GMY,Germany,1816-01-01,1945-05-08,
260,GFR,German Federal Republic,1955-05-05,1990-10-02,West Germany|Germany
365,RUS,Russia,1816-01-01,,Soviet Union
411,EQG,Equatorial Guinea,1968-10-12,,
438,GUI,Guinea,1958-12-12,,
""".splitlines(keepends=True)
)


def found(text: str) -> list[tuple[str, object]]:
    return [(text[one.start : one.end], one.meaning) for one in mentions_in(text, STATES)]


@pytest.mark.parametrize(
    ("text", "words", "meaning"),
    [
        ("It fell on May 2, 1964, a Saturday.", "May 2, 1964", PartialDate(1964, 5, 2)),
        ("It fell on 2 May 1964.", "2 May 1964", PartialDate(1964, 5, 2)),
        ("It fell in May 1964.", "May 1964", PartialDate(1964, 5)),
        ("It fell on August 30.", "August 30", DayOfYear(8, 30)),
        ("It fell on 30 August.", "30 August", DayOfYear(8, 30)),
        ("It fell in 1964.", "1964", PartialDate(1964)),
        ("See MID#2203.", "MID#2203", DisputeNumber(2203)),
        ("See MID# 12 for more.", "MID# 12", DisputeNumber(12)),
        ("See MID 0152.", "MID 0152", DisputeNumber(152)),
        ("The Soviet Union agreed.", "Soviet Union", STATES.get(365)),
        ("Then West Germany agreed.", "West Germany", STATES.get(260)),
        ("The US’s note", "US", STATES.get(2)),
    ],
)
def test_each_kind_of_mention(text: str, words: str, meaning: object) -> None:
    assert found(text) == [(words, meaning)]


@pytest.mark.parametrize(
    "text",
    [
        "Germany agreed.",  # two states have that name
        "North Russia, Latin United States, New Guinea",
        "Some 1,964 men, 1962 soldiers, a fine of $1964, 1964.5 tons",
        "It was no February 30 and no 31 April.",
        "US4 and Russians",
        "AMID 5, MID five, MIDs",
        "He may 2 times",
    ],
)
def test_text_that_only_looks_like_a_mention(text: str) -> None:
    assert found(text) == []


def test_several_mentions_come_in_order() -> None:
    text = "On May 2 the Soviet Union and Guinea signed; see MID 5 (1964)."
    assert [words for words, _ in found(text)] == [
        "May 2",
        "Soviet Union",
        "Guinea",
        "MID 5",
        "1964",
    ]


def test_a_longer_name_hides_the_shorter() -> None:
    assert found("Equatorial Guinea") == [("Equatorial Guinea", STATES.get(411))]


words_and_marks = st.lists(
    st.sampled_from(["May", "2", "1964,", "30 June", "MID#7", "Russia", "West", "Guinea.", "\n"])
).map(" ".join)


@given(words_and_marks)
def test_mentions_never_overlap(text: str) -> None:
    mentions = mentions_in(text, STATES)
    assert all(0 <= one.start < one.end <= len(text) for one in mentions)
    ends = [one.end for one in mentions]
    assert all(end <= later.start for end, later in zip(ends, mentions[1:], strict=False))
