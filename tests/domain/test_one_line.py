"""Texts in one line."""

from __future__ import annotations

from mideditor.domain.one_line import one_line, shortened


def test_line_breaks_tabs_and_runs_of_spaces_are_single_spaces() -> None:
    assert one_line(" one\ntwo\t three  four ") == "one two three four"
    assert one_line(" \n ") == ""


def test_only_what_is_too_long_is_cut() -> None:
    assert shortened("four", 4) == "four"
    assert shortened("fifth", 4) == "fift…"
