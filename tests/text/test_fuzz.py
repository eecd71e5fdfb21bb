"""Randomly broken texts: the reader never fails, and every line is accounted for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.states import StateList
from mideditor.text.reader import Reading, read_chapter
from tests.text.accounting import assert_every_line_is_placed
from tests.text.fuzz import main
from tests.text.mutation import LINES

lines = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(LINES).flatmap(
        lambda line: st.integers(0, len(line)).map(lambda cut: line[cut:])
    ),
    st.sampled_from(LINES).flatmap(
        lambda line: st.integers(0, len(line)).map(lambda cut: line[:cut])
    ),
    st.text(max_size=90),
)


@st.composite
def broken_chapters(draw: st.DrawFn) -> str:
    """Part of the chapter with lines dropped, doubled, swapped or inserted, a letter changed."""
    start = draw(st.integers(0, len(LINES)))
    chapter = LINES[start : draw(st.integers(start, len(LINES)))]
    for _ in range(draw(st.integers(0, 8))):
        index = draw(st.integers(0, len(chapter)))
        kind = draw(st.sampled_from(["drop", "double", "swap", "strew"]))
        if kind == "drop":
            del chapter[index : index + 1]
        elif kind == "double":
            chapter[index:index] = chapter[index : index + 2]
        elif kind == "swap":
            chapter[index : index + 2] = reversed(chapter[index : index + 2])
        else:
            chapter.insert(index, draw(lines))
    text = "\n".join(chapter)
    if text and draw(st.booleans()):
        index = draw(st.integers(0, len(text) - 1))
        text = text[:index] + draw(st.characters()) + text[index + draw(st.integers(0, 1)) :]
    return text


def read(text: str) -> Reading:
    return read_chapter(text, "s", StateList([]))


@settings(max_examples=600)
@given(broken_chapters())
def test_broken_chapters_are_read_completely(text: str) -> None:
    assert_every_line_is_placed(text, read(text))


@settings(max_examples=300)
@given(st.lists(lines, max_size=12).map("\n".join))
def test_any_lines_are_read_completely(text: str) -> None:
    assert_every_line_is_placed(text, read(text))


def test_a_thousand_broken_texts_lose_no_letter() -> None:
    assert main(1000) == 0


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
