"""Differences between two texts, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.word_differences import RunKind, word_differences, word_runs


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


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("the goverment fell", "the government fell", "the[- goverment]{+ government} fell"),
        ("One. Two.", "One.\nTwo.", "One.[- ]{+\n}Two."),
        ("the the fleet", "the fleet", "[-the ]the fleet"),
        ("a  b", "a b", "a[-  ]{+ }b"),
        ("", "new", "{+new}"),
        ("old", "", "[-old]"),
        ("", "", ""),
    ],
)
def test_both_texts_in_one(old: str, new: str, shown: str) -> None:
    signs = {RunKind.KEPT: "{}", RunKind.REMOVED: "[-{}]", RunKind.ADDED: "{{+{}}}"}
    assert "".join(signs[kind].format(text) for kind, text in word_runs(old, new)) == shown


texts = st.text(st.sampled_from("ab .\n"), max_size=24)


@given(texts, texts)
def test_each_text_can_be_recovered_from_the_runs(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(text for kind, text in runs if kind is not RunKind.ADDED) == old
    assert "".join(text for kind, text in runs if kind is not RunKind.REMOVED) == new
    assert all(text for _, text in runs)
