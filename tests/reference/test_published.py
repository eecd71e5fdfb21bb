"""Published tables are read in every layout; unreadable cells are named by row and column."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.files.user_error import UserError
from mideditor.reference.published import PublishedDispute
from mideditor.reference.published_files import read_disputes, read_participants
from tests.reference.tables import (
    DISPUTES,
    MIDA,
    MIDB,
    PARTICIPANTS,
    column,
    tables_of,
    written,
)

LAYOUTS = {
    "Gibler, Miller and Little 4.01": """\
"dispnum3","dispnum4","stday","stmon","styear","endday","endmon","endyear","outcome","settle","fatality","fatalpre","maxdur","mindur","hiact","hostlev","recip","numa","numb","link1","link2","link3","ongo2010","version"
2,-9,-9,7,1902,24,1,1903,6,1,0,0,208,178,7,3,0,1,1,"0","0",0,0,4.01
""",
    "Correlates of War 4.01": """\
DispNum3,DispNum4,StDay,StMon,StYear,EndDay,EndMon,EndYear,Outcome,Settle,Fatality,FatalPre,MaxDur,MinDur,HiAct,HostLev,Recip,NumA,NumB,Link1,Link2,Link3,Ongo2010,Version
2,-9,-9,7,1902,24,1,1903,6,1,0,0,208,178,7,3,0,1,1,0,0,0,0,4.01
""",
    "Correlates of War 5.0": """\
dispnum,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact,hostlev,recip,numa,numb,ongo2014,version
2,-9,7,1902,24,1,1903,6,1,0,0,208,178,7,3,0,1,1,0,5
""",
    "a spreadsheet with semicolons": """\
dispnum3;stday;stmon;styear;endday;endmon;endyear;outcome;settle;fatality;numa;numb;version
2;-9;7;1902;24;1;1903;6;1;0;1;1;4,01
""",
    "tabs, and decimals as pandas writes them": """\
dispnum3\tstday\tstmon\tstyear\tendday\tendmon\tendyear\toutcome\tsettle\tfatality\tversion
2.0\tNA\t7.0\t1902.0\t24.0\t1.0\t1903.0\t6.0\t1.0\t0.0\t4.01
""",
    "a spreadsheet that says its separator": """\
sep=;
"DISPNUM3";"ST_DAY";"ST_MON";"ST_YEAR";"END_DAY";"END_MON";"END_YEAR";"OUTCOME";"SETTLE";"FATALITY"
"2";"";"7";"1902";"24";"1";"1903";"6";"1";"0"
""",
}


def the_only(path: Path) -> PublishedDispute:
    [dispute] = read_disputes(path).rows
    return dispute


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_values(layout: str, tmp_path: Path) -> None:
    dispute = the_only(written(tmp_path, "table.csv", LAYOUTS[layout]))
    assert dispute.dispnum == 2
    assert [str(dispute.start_date), str(dispute.end_date)] == ["July 1902", "January 24, 1903"]
    assert dispute.code_of("outcome") is Outcome.COMPROMISE
    assert dispute.code_of("settlement") is Settlement.NEGOTIATED
    assert dispute.code_of("fatalities") is Fatalities.NONE


@pytest.mark.parametrize(
    ("encoding", "notices"),
    [
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("cp1252", ("Read as Windows-1252: the file is not valid UTF-8.",)),
    ],
)
def test_encodings_and_line_ends(encoding: str, notices: tuple[str, ...], tmp_path: Path) -> None:
    text = "dispnum,outcome,remark\r\n2,5,Curaçao\r\n\r\n3,8,\r\n,,\r\n"
    table = read_disputes(written(tmp_path, "t.csv", text.encode(encoding)))
    assert [(one.row, one.dispnum, one.code_of("outcome")) for one in table.rows] == [
        (2, 2, Outcome.STALEMATE),
        (4, 3, Outcome.UNCLEAR),
    ]
    assert table.notices == notices


def test_the_number_of_version_4_is_used_if_that_of_version_3_is_missing(tmp_path: Path) -> None:
    text = "dispnum3,dispnum4,outcome\n-9,50201,5\n4186,50202,5\n"
    table = read_disputes(written(tmp_path, "t.csv", text))
    assert [one.dispnum for one in table.rows] == [50201, 4186]


def test_a_date_is_as_precise_as_its_columns(tmp_path: Path) -> None:
    rows = [
        "1,-9,-9,1902",
        "2,-9,7,1902",
        "3,20,7,1902",
        "4,-9,-9,-9",
        "5,31,2,1902",
        "6,20,-9,1902",
    ]
    text = "\n".join(["dispnum,stday,stmon,styear", *rows])
    starts = [one.start for one in read_disputes(written(tmp_path, "t.csv", text)).rows]
    assert [start.value and start.value.iso() for start in starts] == [
        "1902",
        "1902-07",
        "1902-07-20",
        None,
        None,
        None,
    ]
    assert [start.fault for start in starts[3:]] == [
        "",
        "1902-2-31 is not in the calendar",
        "1902-?-20 is not in the calendar",
    ]


def test_codes_not_in_the_codebook_are_kept_as_numbers(tmp_path: Path) -> None:
    dispute = the_only(written(tmp_path, "t.csv", "dispnum,outcome,settle\n1378,-9,6\n"))
    assert dispute.code_of("outcome") is Outcome.MISSING
    assert (dispute.code_of("settlement"), dispute.number_of("settlement")) == (None, 6)


def test_only_fields_that_the_tables_have_are_compared(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, "dispnum,outcome\n2,5\n", None)
    assert tables.fields == ("outcome",)
    assert tables.citation == "MIDA.csv"


def test_the_citation_names_files_and_version(tmp_path: Path) -> None:
    assert tables_of(tmp_path).citation == "MIDA.csv and MIDB.csv, version 4.01"


def test_the_first_of_two_rows_with_one_number_is_used_and_noted(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, "dispnum,outcome\n2,5\n7,1\n2,8\n", None)
    assert tables.by_number[2].code_of("outcome") is Outcome.STALEMATE
    assert tables.notices == (
        "MIDA.csv, row 4: dispute 2 has a row already, row 2, and only that is compared.",
    )


def test_a_state_that_returned_is_one_participant(tmp_path: Path) -> None:
    rows = ["258,220,FRN,1,1939", "258,255,GMY,0,1939", "258,220,FRN,1,1944"]
    participants = "\n".join(["dispnum,ccode,stabb,sidea,styear", *rows])
    tables = tables_of(tmp_path, "dispnum,outcome\n258,1\n", participants)
    assert tables.side(258, 1) == {220: "FRN"}
    assert tables.side(258, 0) == {255: "GMY"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it has no column dispnum or dispnum3 or dispnum4"),
        ("name,colour\nx,red\n", "it has no column dispnum or"),
        ("dispnum,hiact\n2,4\n", "it has no column outcome."),
        ("dispnum,outcome\n", "it has a heading and nothing below it"),
        ("dispnum,outcome\n2,5\n3,five\n", "row 3, column outcome: “five” is not a whole number"),
        ("DispNum,Outcome\n2,5\n-9,5\n", "row 3, column DispNum: “-9” is not a number that"),
        ("dispnum;outcome\n2;5\n1.000;5\n", "row 3, column dispnum: “1.000” is not a whole"),
        ("dispnum,outcome\n2,5.5\n", "row 2, column outcome: “5.5” is not a whole number"),
        ("dispnum,outcome\n2,5\n3\n", "row 3 has 1 cells, the heading has 2"),
        ("dispnum,outcome\n2,5,9\n", "row 2 has 3 cells, the heading has 2"),
        ('dispnum,outcome\n2,"5\n' + "x" * 200_000, "row 2 cannot be read (field larger"),
        (b"PK\x03\x04\x00\x00\x08", "it is not plain text: it holds zero bytes"),
        (PARTICIPANTS, "looks like the table of participants, given as that of disputes"),
    ],
)
def test_a_file_that_is_not_a_table_of_disputes(
    text: str | bytes, message: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "t.csv", text)
    with pytest.raises(UserError) as error:
        read_disputes(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    assert len(str(error.value).removeprefix(str(path))) < 250


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DISPUTES, "looks like the table of disputes, given as that of participants"),
        ("dispnum,stabb,sidea\n2,USA,1\n", "it has no column ccode or statenum"),
        (column(PARTICIPANTS, "ccode", 365, "USA"), "row 3, column ccode: “USA” is not a whole"),
        (column(PARTICIPANTS, "ccode", ""), "row 2, column ccode: “-9” is not a number"),
    ],
)
def test_a_file_that_is_not_a_table_of_participants(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=message):
        read_participants(written(tmp_path, "t.csv", text))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no\.csv: No such file"):
        read_disputes(tmp_path / "no.csv")


@pytest.fixture(scope="module")
def any_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables") / "any.csv"


HEADINGS = st.sampled_from(
    [b"", b"dispnum,outcome\n", b"dispnum;styear\n", b"sep=\t\ndispnum\tsettle\n"]
)


@given(heading=HEADINGS, rest=st.binary() | st.text('0129-,;"\t\n.aé').map(str.encode))
def test_any_bytes_are_a_table_or_one_message(heading: bytes, rest: bytes, any_file: Path) -> None:
    any_file.write_bytes(heading + rest)
    with contextlib.suppress(UserError):
        table = read_disputes(any_file)
        assert all(dispute.dispnum > 0 for dispute in table.rows)
        assert [one.row for one in table.rows] == sorted({one.row for one in table.rows})


@pytest.mark.skipif(not MIDA.exists(), reason=f"the published tables are not at {MIDA.parent}")
def test_the_published_tables_are_read_completely() -> None:
    disputes, participants = read_disputes(MIDA), read_participants(MIDB)
    assert len(disputes.rows) == 2237
    assert len(participants.rows) == 5376
    assert (disputes.version, disputes.notices) == ("4.01", ())
    assert sum(one.code_of("outcome") is Outcome.STALEMATE for one in disputes.rows) == 1467
    rows: list[PublishedDispute] = [
        one for one in disputes.rows if one.start.fault or one.end.fault
    ]
    assert rows == []
