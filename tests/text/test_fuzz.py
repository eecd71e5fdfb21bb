"""Chance breaks real shapes in every way: nothing fails, and every line is somewhere."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.states import StateList
from mideditor.text.reader import Reading, read_chapter
from tests.text.accounting import assert_every_line_is_placed

TEXT = """\
International Conflicts, 1816-2010. Militarized Interstate Dispute Narratives - Someone

(Somebody) #1

Asia 701
whom nobody had seen since. The convoy turned back.
Coding changes: Start Date changed from June 1, 1901.

710 China/740 Japan

MID#1201
Dispute Number: 1201
Date(s): June 2, 1901 to July 1901
Participants: 740 Japan, 200 United Kingdom/710 China, 365 Rus-
sia
Outcome (and Settlement): Released (None)
Fatalities: 1–25 deaths
Narrative: A junk was stopped off the island, and its crew was held for twenty-
two days (see
MID#1202). “No,” said the admiral.
Then they parted.
Coding changes: Added to the dispute: 200 United Kingdom. End Date changed from July 4,
  1. Outcome changed from Released.
    Fatalities changed from
Free download pdf
702 Chapter 6
MID#1202
Started in May 1903. See the narrative in the 2 United States of America/740 Japan
dyad dispute list.
Dispute Number: 1203
Date(s): soon
- Participants: none
\u2060a marked line
\u2060\u2060
"""
CHAPTER = TEXT.split("\n")

lines = st.one_of(
    st.sampled_from(CHAPTER),
    st.sampled_from(CHAPTER).flatmap(
        lambda line: st.integers(0, len(line)).map(lambda cut: line[cut:])
    ),
    st.sampled_from(CHAPTER).flatmap(
        lambda line: st.integers(0, len(line)).map(lambda cut: line[:cut])
    ),
    st.text(max_size=90),
)


@st.composite
def broken_chapters(draw: st.DrawFn) -> str:
    """The chapter cut, with lines dropped, doubled, swapped and strewn in, and letters changed."""
    start = draw(st.integers(0, len(CHAPTER)))
    chapter = CHAPTER[start : draw(st.integers(start, len(CHAPTER)))]
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(chapter)))
        kind = draw(st.sampled_from(["drop", "double", "swap", "strew"]))
        if kind == "drop":
            del chapter[at : at + 1]
        elif kind == "double":
            chapter[at:at] = chapter[at : at + 2]
        elif kind == "swap":
            chapter[at : at + 2] = reversed(chapter[at : at + 2])
        else:
            chapter.insert(at, draw(lines))
    text = "\n".join(chapter)
    if text and draw(st.booleans()):
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.characters()) + text[at + draw(st.integers(0, 1)) :]
    return text


def read(text: str) -> Reading:
    return read_chapter(text, "s", StateList([]))


@settings(max_examples=600, deadline=None)
@given(broken_chapters())
def test_broken_chapters_are_read_without_loss(text: str) -> None:
    assert_every_line_is_placed(text, read(text))


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, max_size=12).map("\n".join))
def test_any_lines_are_read_without_loss(text: str) -> None:
    assert_every_line_is_placed(text, read(text))


def test_a_hundred_thousand_heads() -> None:
    text = "702 Chapter 6\nAsia 703\n" * 50_000
    reading = read(text)
    assert reading.furniture == ((1, 100_000),)
    assert reading.records == ()


def test_a_hundred_thousand_headings() -> None:
    text = "710 China/740 Japan\n" * 100_000
    assert_every_line_is_placed(text, read(text))


def test_a_hundred_thousand_broken_words() -> None:
    text = "Narrative: a-\n" + "b-\n" * 100_000
    assert_every_line_is_placed(text, read(text))


def test_a_hundred_thousand_empty_entries() -> None:
    text = "MID#7\nDispute Number: 7\n" * 50_000
    reading = read(text)
    assert len(reading.records) == 50_000
    assert_every_line_is_placed(text, reading)


def test_very_long_lines() -> None:
    for line in (
        "x" * 1_000_000,
        "x-" * 500_000,
        "2 Cuba/" * 150_000,
        "1. " * 300_000,
        " " * 10**6,
    ):
        text = f"MID#1\nDispute Number: 1\n{line}\nNarrative: {line}\n{line}-\n{line}"
        assert_every_line_is_placed(text, read(text))
