"""The user's own state lists: both layouts, any encoding and separator, and error messages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.partial_date import parse_date
from mideditor.domain.states import Membership, StateList
from mideditor.files.user_error import FileError
from mideditor.reference.state_list import (
    BadStateList,
    bundled_states,
    load_states,
    own_list_path,
    state_list_in_use,
    use_state_list,
)
from tests.reference.test_state_list import PUBLISHED

OURS = """\
code,abbreviation,name,from,to,variants
365,RUS,Russia,1816-01-01,,Soviet Union
40,CUB,Cuba,1902-05-20,1906-09-25,
40,CUB,Cuba,1909-01-23,,
"""
COW = """\
stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
USA,2,United States of America,1816,1,1,2016,12,31,2016
CUB,40,Cuba,1902,5,20,1906,9,25,2016
CUB,40,Cuba,1909,1,23,2016,12,31,2016
AAB,58,Antigua & Barbuda,1981,11,1,2016,12,31,2016
DRV,816,Vietnam,1954,7,21,2016,12,31,2016
NEW,999,Newland,2012,2,3,2016,12,31,2016
"""
WITH_ACCENT = OURS + "437,CDI,Côte d’Ivoire,1960-08-07,,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


@pytest.fixture
def own_list() -> Iterator[Path]:
    """Where the user's own list is kept; there is none before and after the test."""
    use_state_list(None)
    yield own_list_path()
    use_state_list(None)


def load(file: Path, text: str, encoding: str = "utf-8") -> StateList:
    file.write_bytes(text.encode(encoding))
    return load_states(file)


def test_our_layout(file: Path) -> None:
    states = load(file, OURS)
    assert [str(state) for state in states] == ["40 Cuba", "365 Russia"]
    cuba = states.get(40)
    assert cuba is not None
    assert cuba.memberships == (
        Membership(parse_date("1902-05-20"), parse_date("1906-09-25")),
        Membership(parse_date("1909-01-23"), None),
    )


def test_the_layout_of_the_published_list(file: Path) -> None:
    states = load(file, COW)
    cuba, newland = states.get(40), states.get(999)
    assert cuba is not None
    assert newland is not None
    assert [str(spell) for spell in cuba.memberships] == [
        "May 20, 1902 to September 25, 1906",
        "since January 23, 1909",
    ]
    assert (newland.name, newland.variants) == ("Newland", ())


def test_known_names_and_mentions_are_kept(file: Path) -> None:
    states = load(file, COW.replace("816,Vietnam", "816,Viet Nam"))
    vietnam, usa = states.get(816), states.get(2)
    assert vietnam is not None
    assert usa is not None
    assert vietnam.name == "Vietnam"
    assert "Viet Nam" in vietnam.variants
    assert "American" in usa.mentions
    assert "USA" in usa.variants


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_common_separator_and_encoding(file: Path, separator: str, encoding: str) -> None:
    states = load(file, WITH_ACCENT.replace(",", separator), encoding)
    assert states.named("Côte d’Ivoire") is states.get(437)


def test_the_published_list_equals_the_bundled_one() -> None:
    if not PUBLISHED.exists():
        pytest.skip(f"the published list is not at {PUBLISHED}")
    published = load_states(PUBLISHED)
    assert [(s.code, s.abbreviation, s.name, s.memberships) for s in published] == [
        (s.code, s.abbreviation, s.name, s.memberships) for s in bundled_states()
    ]


BAD = {
    "a year that is none": (COW.replace("1902", "19o2"), "row 3, styear: “19o2” is not a number"),
    "a day that is none": (COW.replace("1902,5,20", "1902,5,32"), "row 3, from: “1902-05-32” is"),
    "a code that is none": (OURS.replace("365,RUS", "x,RUS"), "row 2, code: “x” is not a number"),
    "a code of COW that is none": (COW.replace("USA,2,", "USA,,"), "row 2, code: “” is not a num"),
    "a date that is none": (OURS.replace("1909-01-23", "soon"), "row 4, from: “soon” is not a"),
    "a name that is missing": (OURS.replace("Russia", " "), "row 2, name: it is empty"),
    "a column that is missing": (OURS.replace("from", "since"), "there is no column “from”"),
    "a column of COW that is missing": (COW.replace("endday", "x"), "there is no column “endday”"),
    "a row that is too short": (OURS + "2,USA\n", "row 5: it has not 6 cells"),
    "nothing at all": ("", "there is no column “code”"),
    "a letter": ("Dear Ana,\nuntil tomorrow.\n", "there is no column “code”"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_unreadable_cells_are_named(file: Path, text: str, message: str) -> None:
    with pytest.raises(BadStateList) as caught:
        load(file, text)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{file}: state list, ")


def test_all_bad_cells_are_in_one_message_and_many_are_counted(file: Path) -> None:
    with pytest.raises(BadStateList) as caught:
        load(file, COW.replace("CUB,40", "CUB,4o").replace("1816", "MDCCC"))
    message = str(caught.value)
    assert "row 2, styear" in message
    rows = "".join(f"x,A,B,{year}-01-01,,\n" for year in range(1900, 1920))
    with pytest.raises(BadStateList) as caught:
        load(file, OURS.splitlines()[0] + "\n" + rows)
    assert "row 9, code" in str(caught.value)
    assert "and 12 more" in str(caught.value)


def test_a_binary_file_and_a_missing_file_are_rejected_with_a_remedy(file: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(BadStateList, match="not plain text"):
        load_states(file)
    with pytest.raises(FileError, match="Choose a list of states that can be read"):
        load_states(file.with_name("none.csv"))


def test_a_user_s_own_list_is_in_use_until_it_is_reset(file: Path, own_list: Path) -> None:
    assert state_list_in_use() is bundled_states()
    file.write_text(COW, encoding="utf-8")
    assert len(use_state_list(file)) == 5
    file.unlink()
    assert own_list.exists()
    assert state_list_in_use().get(999) is not None
    assert use_state_list(None) is bundled_states()
    assert state_list_in_use() is bundled_states()


def test_an_unreadable_list_changes_nothing(file: Path, own_list: Path) -> None:
    file.write_text(COW, encoding="utf-8")
    use_state_list(file)
    before = own_list.read_bytes()
    file.write_text("Dear Ana,\n", encoding="utf-8")
    with pytest.raises(BadStateList, match="The list in use is as it was"):
        use_state_list(file)
    assert own_list.read_bytes() == before


def test_the_bundled_list_can_be_loaded_as_a_user_s_own_file(file: Path) -> None:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["code", "abbreviation", "name", "from", "to", "variants", "mentions"])
    for state in bundled_states():
        words = "|".join(state.variants), "|".join(state.mentions)
        for spell in state.memberships:
            until = spell.until.iso() if spell.until else ""
            spells = spell.since.iso(), until
            table.writerow([state.code, state.abbreviation, state.name, *spells, *words])
    assert list(load(file, out.getvalue())) == list(bundled_states())
