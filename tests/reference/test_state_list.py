"""The bundled state list."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from mideditor.domain.partial_date import parse_date
from mideditor.domain.states import Membership, State, folded_name
from mideditor.reference.state_list import bundled_states

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "cow_states2016.csv"
LAST_DAY = parse_date("2016-12-31")


def _state(code: int) -> State:
    state = bundled_states().get(code)
    assert state is not None
    return state


def _published_rows() -> list[dict[str, str]]:
    if not PUBLISHED.exists():
        pytest.skip(f"the published list is not at {PUBLISHED}")
    with PUBLISHED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _published_date(row: dict[str, str], end: str) -> str:
    return f"{int(row[end + 'year']):04}-{int(row[end + 'month']):02}-{int(row[end + 'day']):02}"


def test_it_is_read_once() -> None:
    assert bundled_states() is bundled_states()


def test_codes_abbreviations_and_spells_are_the_published_ones() -> None:
    published = Counter(
        (
            int(row["ccode"]),
            row["stateabb"],
            _published_date(row, "st"),
            _published_date(row, "end"),
        )
        for row in _published_rows()
    )
    ours = Counter(
        (state.code, state.abbreviation, spell.since.iso(), (spell.until or LAST_DAY).iso())
        for state in bundled_states()
        for spell in state.memberships
    )
    assert ours == published


def test_every_published_name_finds_its_state() -> None:
    for row in _published_rows():
        found = bundled_states().named(row["statenme"])
        assert found is not None, row["statenme"]
        assert found.code == int(row["ccode"])


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        (2, "United States of America"),
        (200, "United Kingdom"),
        (260, "German Federal Republic"),
        (271, "Wuerttemburg"),
        (300, "Austria-Hungary"),
        (365, "Russia"),
        (680, "Yemen People’s Republic"),
        (816, "Vietnam"),
        (817, "Republic of Vietnam"),
    ],
)
def test_names_are_as_the_chapters_print_them(code: int, printed: str) -> None:
    assert _state(code).name == printed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("USA", 2),
        ("United States", 2),
        ("Soviet Union", 365),
        ("ussr", 365),
        ("Great Britain", 200),
        ("UK", 200),
        ("West Germany", 260),
        ("East Germany", 265),
        ("Prussia", 255),
        ("Ottoman Empire", 640),
        ("Persia", 630),
        ("Siam", 800),
        ("Burma", 775),
        ("Cote D'Ivoire", 437),
        ("Côte d’Ivoire", 437),
        ("Zaire", 490),
        ("North Vietnam", 816),
        ("South Vietnam", 817),
        ("PRC", 710),
    ],
)
def test_common_and_former_names_find_the_state(name: str, code: int) -> None:
    found = bundled_states().named(name)
    assert found is not None
    assert found.code == code


def test_no_name_means_two_states() -> None:
    names = Counter(
        name
        for state in bundled_states()
        for name in {folded_name(name) for name in (*state.names, state.abbreviation)}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_no_name_contains_a_separator() -> None:
    names = [name for state in bundled_states() for name in state.names]
    assert [name for name in names if set(name) & set(",/|") or name != name.strip()] == []


def test_search_by_the_start_of_a_code() -> None:
    assert [str(state) for state in bundled_states().search("73")] == [
        "730 Korea",
        "731 North Korea",
        "732 South Korea",
    ]


@pytest.mark.parametrize(
    ("typed", "first"), [("united st", 2), ("sov", 365), ("korea", 730), ("ceyl", 780)]
)
def test_search_by_a_part_of_a_name(typed: str, first: int) -> None:
    assert bundled_states().search(typed)[0].code == first


def test_cuba_left_the_system_and_returned() -> None:
    assert _state(40).memberships == (
        Membership(parse_date("1902-05-20"), parse_date("1906-09-25")),
        Membership(parse_date("1909-01-23"), None),
    )


def test_spells_of_a_state_follow_each_other() -> None:
    for state in bundled_states():
        for spell in state.memberships:
            if spell.until is not None:
                assert spell.since.earliest <= spell.until.earliest, state
        for earlier, later in pairwise(state.memberships):
            assert earlier.until is not None, state
            assert earlier.until.earliest < later.since.earliest, state
