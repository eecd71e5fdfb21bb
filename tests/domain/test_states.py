"""States by code, by name and by typed text."""

from __future__ import annotations

import pytest

from mideditor.domain.partial_date import parse_date
from mideditor.domain.states import Membership, StateList, parse_states

TABLE = """\
code,abbreviation,name,from,to,variants
365,RUS,Russia,1816-01-01,,Soviet Union|USSR
2,USA,United States of America,1816-01-01,,United States|US
40,CUB,Cuba,1902-05-20,1906-09-25,
40,CUB,Cuba,1909-01-23,,
200,UKG,United Kingdom,1816-01-01,,Great Britain|UK
205,IRE,Ireland,1922-12-06,,
680,YPR,Yemen People’s Republic,1967-11-30,1990-05-21,South Yemen
"""


@pytest.fixture
def states() -> StateList:
    return parse_states(TABLE.splitlines())


def _codes(states: StateList, typed: str) -> list[int]:
    return [state.code for state in states.search(typed)]


def test_states_come_in_the_order_of_their_codes(states: StateList) -> None:
    assert [state.code for state in states] == [2, 40, 200, 205, 365, 680]
    assert len(states) == 6


def test_a_state_prints_as_the_chapters_do(states: StateList) -> None:
    assert str(states.get(365)) == "365 Russia"


def test_an_unknown_code_and_no_code_are_no_state(states: StateList) -> None:
    assert states.get(999) is None
    assert states.get(None) is None


def test_several_spells_of_membership_are_kept_apart(states: StateList) -> None:
    cuba = states.get(40)
    assert cuba is not None
    assert cuba.memberships == (
        Membership(parse_date("1902-05-20"), parse_date("1906-09-25")),
        Membership(parse_date("1909-01-23"), None),
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", 365),
        ("soviet  union", 365),
        ("RUS", 365),
        ("usa", 2),
        ("Yemen People's Republic", 680),
        ("Yemen People’s Republic", 680),
    ],
)
def test_a_name_is_found_regardless_of_case_spaces_or_apostrophe(
    states: StateList, name: str, code: int
) -> None:
    found = states.named(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["Soviet", "Atlantis", ""])
def test_part_of_a_name_is_not_a_name(states: StateList, name: str) -> None:
    assert states.named(name) is None


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("2", [2, 200, 205]),
        ("20", [200, 205]),
        ("365", [365]),
        ("9", []),
        ("sov", [365]),
        ("united", [200, 2]),
        ("cub", [40]),
        ("republic", [680]),
        ("ukg", [200]),
    ],
)
def test_search_takes_the_start_of_a_code_or_any_part_of_a_name(
    states: StateList, typed: str, codes: list[int]
) -> None:
    assert _codes(states, typed) == codes


def test_names_that_begin_with_the_typed_text_come_first() -> None:
    table = """\
code,abbreviation,name,from,to,variants
678,YAR,Yemen Arab Republic,1926-09-02,1990-05-21,North Yemen
651,EGY,Egypt,1937-05-26,,United Arab Republic
663,JOR,Jordan,1946-03-22,,Arab Legion
"""
    assert _codes(parse_states(table.splitlines()), "arab") == [663, 651, 678]


def test_a_quoted_name_may_hold_a_comma() -> None:
    table = """\
code,abbreviation,name,from,to,variants
732,ROK,"Korea, South",1949-06-29,,South Korea
"""
    found = parse_states(table.splitlines()).get(732)
    assert found is not None
    assert found.names == ("Korea, South", "South Korea")


def test_an_unreadable_row_is_named() -> None:
    table = """\
code,abbreviation,name,from,to,variants
2,USA,United States of America,1816-01-01,,
20,CAN,Canada,1920-13-10,,
"""
    with pytest.raises(ValueError, match=r"state list, row 3, from: “1920-13-10” is not a date"):
        parse_states(table.splitlines())


def test_a_missing_column_is_named() -> None:
    table = """\
code,abbreviation,name,to,variants
2,USA,United States of America,,
"""
    with pytest.raises(ValueError, match=r"state list, row 1: there is no column “from”"):
        parse_states(table.splitlines())


@pytest.mark.parametrize(
    "row", ["20,CAN", "20,CAN,Canada,1920-01-10", "20,CAN,Canada,1920-01-10,,,too,many"]
)
def test_a_row_with_too_few_or_too_many_cells_is_named(row: str) -> None:
    table = f"""\
code,abbreviation,name,from,to,variants
2,USA,United States of America,1816-01-01,,
{row}
"""
    with pytest.raises(ValueError, match=r"state list, row 3: it has not 6 cells"):
        parse_states(table.splitlines())


def test_a_byte_order_mark_is_ignored(states: StateList) -> None:
    assert [str(state) for state in parse_states(f"\ufeff{TABLE}".splitlines())] == [
        str(state) for state in states
    ]


@pytest.mark.parametrize(
    ("typed", "similar"),
    [("rusia", "365 Russia"), ("Cubba", "40 Cuba"), ("Irland", "205 Ireland"), ("Atlantis", "")],
)
def test_a_misspelled_name_finds_its_state(states: StateList, typed: str, similar: str) -> None:
    assert ", ".join(map(str, states.similar(typed))) == similar
