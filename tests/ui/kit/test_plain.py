"""Captions of menus: every one can be chosen by a letter."""

from __future__ import annotations

from mideditor.ui.kit.plain import captions_with_keys


def test_a_caption_is_chosen_by_the_first_free_letter_of_a_word() -> None:
    labels = ["Start date", "Side A", "Side B", "Settlement", "See & date"]
    assert captions_with_keys(labels) == [
        "&Start date",
        "Side &A",
        "Side &B",
        "S&ettlement",
        "See && &date",
    ]


def test_a_caption_without_a_free_letter_has_no_key() -> None:
    assert captions_with_keys(["A", "a", "1"]) == ["&A", "a", "1"]
