"""Where two texts differ, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.changed_span import changed_span, common_start


@pytest.mark.parametrize(
    ("old", "new", "span"),
    [
        ("", "", (0, 0, 0)),
        ("same", "same", (4, 4, 4)),
        ("the old word", "the new word", (4, 7, 7)),
        ("word", "word more", (4, 4, 9)),
        ("aaa", "aa", (2, 3, 2)),
    ],
)
def test_what_differs_stands_between_what_both_have(
    old: str, new: str, span: tuple[int, int, int]
) -> None:
    assert changed_span(old, new) == span


@given(st.text("ab"), st.text("ab"))
def test_replacing_the_span_gives_the_other_text(old: str, new: str) -> None:
    start, old_end, new_end = changed_span(old, new)
    assert old[:start] + new[start:new_end] + old[old_end:] == new


def test_the_common_start_ends_with_the_shorter_text() -> None:
    assert common_start("narrative", "narrow") == 4
    assert common_start("one", "one more") == 3
