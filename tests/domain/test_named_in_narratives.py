"""States and dates that a narrative names."""

from __future__ import annotations

import pytest

from mideditor.domain.rules.named_dates import days_in, years_in
from mideditor.domain.rules.named_states import states_named_in
from mideditor.reference.state_list import bundled_states

STATES = bundled_states()


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Soviet fighters shot down an American plane over East Germany.", ["2", "265", "365"]),
        ("North Vietnamese boats met a Turkish one.", ["640", "816"]),
        ("The United States of America and the US and U.S. ships.", ["2", "2", "2"]),
        ("Chinese troops came.", ["710 713"]),
        ("An Anglo-American note was sent to Latin America by way of Northern Ireland.", []),
        ("The Egyptian-Israeli armistice held.", ["651", "666"]),
        ("A panamanian or McCanadian matter, and Malian’s.", ["432"]),
        ("Austria-Hungary mobilized.", ["300"]),
    ],
)
def test_states_by_name_adjective_people_and_capital(sentence: str, codes: list[str]) -> None:
    named = [
        " ".join(map(str, sorted(meant)))
        for meant, times in states_named_in((sentence,), STATES).items()
        for _ in range(times)
    ]
    assert sorted(named) == sorted(codes)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("On October 26, they met.", [(10, 26, None)]),
        ("On October 26, 1962, they met on 3 May 1963.", [(10, 26, 1962), (5, 3, 1963)]),
        ("On the night of August 12–13, they met.", [(8, 12, None)]),
        ("In October 1962, and in May, they met.", []),
        ("It was 123 May days.", []),
    ],
)
def test_days_with_and_without_their_year(
    sentence: str, days: list[tuple[int, int, int | None]]
) -> None:
    assert [(day.month, day.day, day.year) for day in days_in((sentence,))] == days


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        (
            "By conventions of 1818 and May 1827, and on May 3, 1830, it was agreed.",
            [1818, 1827, 1830],
        ),
        ("Some 1900 men, 1,900 horses, MID#1950, $1900 and 21900 tons.", []),
        ("From 1914–18 nothing happened.", []),
    ],
)
def test_years_and_numbers_that_only_look_like_years(sentence: str, years: list[int]) -> None:
    assert years_in((sentence,)) == years
