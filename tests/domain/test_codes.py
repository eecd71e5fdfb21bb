"""Code lists: printed words and published numbers."""

from __future__ import annotations

import pytest

from mideditor.domain.codes import (
    FATALITIES_NUMBERS,
    HOSTILITY_NUMBERS,
    OUTCOME_NUMBERS,
    SETTLEMENT_NUMBERS,
    CodeList,
    Fatalities,
    NotACode,
    Outcome,
    Settlement,
    parse_code,
)


@pytest.mark.parametrize("codes", [Outcome, Settlement, Fatalities])
def test_every_printed_word_is_parsed_as_its_code(codes: type[CodeList]) -> None:
    assert [parse_code(code, codes) for code in codes] == list(codes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1-25 deaths", Fatalities.TO_25),
        (" >999  DEATHS ", Fatalities.OVER_999),
        ("none", Fatalities.NONE),
    ],
)
def test_case_spaces_and_the_kind_of_dash_are_ignored(typed: str, code: Fatalities) -> None:
    assert parse_code(typed, Fatalities) is code


@pytest.mark.parametrize("typed", ["", "5", "Stale", "Stalemate."])
def test_anything_else_is_rejected_with_the_whole_list(typed: str) -> None:
    with pytest.raises(NotACode, match=r"Victory for side A · .* · Stalemate · .* · Missing"):
        parse_code(typed, Outcome)


def test_the_numbers_are_those_of_the_published_data_set() -> None:
    assert [OUTCOME_NUMBERS[code] for code in Outcome] == [1, 2, 3, 4, 5, 6, 7, 8, 9, -9]
    assert [SETTLEMENT_NUMBERS[code] for code in Settlement] == [1, 2, 3, 4, -9]
    assert [FATALITIES_NUMBERS[code] for code in Fatalities] == [0, 1, 2, 3, 4, 5, 6, -9]
    assert {number: str(code) for code, number in HOSTILITY_NUMBERS.items()} == {
        1: "No militarized action",
        2: "Threat to use force",
        3: "Display of force",
        4: "Use of force",
        5: "War",
    }
