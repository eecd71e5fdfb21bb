"""Differences between two texts, word by word."""

from __future__ import annotations

import pytest

from mideditor.domain.word_differences import word_differences


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        ("the goverment fell", "the government fell", [("goverment", "government")]),
        ("the the fleet", "the fleet", [("the", "")]),
        ("One. Two.", "One.\nTwo.", [("", "¶")]),
        ("a b c d", "a x c y", [("b", "x"), ("d", "y")]),
        ("same words", "same  words", []),
    ],
)
def test_words_that_differ(old: str, new: str, differences: list[tuple[str, str]]) -> None:
    assert word_differences(old, new) == differences
