"""Break points of words, as in TeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.text.hyphenation import break_points


@pytest.mark.parametrize(
    "hyphenated",
    [
        "hy-phen-ation",
        "mis-siles",
        "gov-ern-ment",
        "air-space",
        "ter-ri-tory",
        "ne-go-ti-ated",
        "Set-tle-ment",
        "through",
        "through-out",
        "it",
    ],
)
def test_words_break_as_in_tex(hyphenated: str) -> None:
    word = hyphenated.replace("-", "")
    pieces, start = [], 0
    for point in [*sorted(break_points(word)), len(word)]:
        pieces.append(word[start:point])
        start = point
    assert "-".join(pieces) == hyphenated


def test_only_plain_words_have_break_points() -> None:
    assert break_points("Núñez") == break_points("1964") == break_points("") == frozenset()


@given(st.text(max_size=40))
def test_at_least_two_letters_before_and_three_after_a_break(text: str) -> None:
    assert all(2 <= point <= len(text) - 3 for point in break_points(text))
