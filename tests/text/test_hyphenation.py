"""Where words may be parted: as TeX parts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.text.hyphenation import break_points


@pytest.mark.parametrize(
    "parted",
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
def test_words_are_parted_as_tex_parts_them(parted: str) -> None:
    word = parted.replace("-", "")
    pieces, at = [], 0
    for point in [*sorted(break_points(word)), len(word)]:
        pieces.append(word[at:point])
        at = point
    assert "-".join(pieces) == parted


def test_what_is_no_plain_word_is_not_parted() -> None:
    assert break_points("Núñez") == break_points("1964") == break_points("") == frozenset()


@given(st.text(max_size=40))
def test_two_letters_stay_before_and_three_after(text: str) -> None:
    assert all(2 <= point <= len(text) - 3 for point in break_points(text))
