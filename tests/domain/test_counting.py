"""Counts with their nouns."""

from __future__ import annotations

import pytest

from mideditor.domain.counting import plural, quantity


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 records"), (1, "1 record"), (2, "2 records"), (1234, "1234 records")]
)
def test_only_one_is_singular(count: int, text: str) -> None:
    assert quantity(count, "record") == text


def test_thousands_are_separated_on_request() -> None:
    assert quantity(1234567, "finding", separator=",") == "1,234,567 findings"


def test_an_irregular_noun_has_its_own_plural() -> None:
    assert quantity(1, "entry", "entries") == "1 entry"
    assert quantity(2, "entry", "entries") == "2 entries"


def test_the_noun_alone() -> None:
    assert [plural(count, "step") for count in (0, 1, 2)] == ["steps", "step", "steps"]
