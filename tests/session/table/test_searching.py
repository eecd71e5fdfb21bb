"""The search line and the facets: conditions on fields, counted and completed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.table.search_line import Query, Term, with_term
from mideditor.session.table.searching import parse_query
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, imported

EVERYTHING = [FRAGMENT, ALASKA, TRAINER, REFERENCE]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return imported(tmp_path)


@pytest.fixture
def rows(session: Session) -> RecordRows:
    return RecordRows(session, Checks(session))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", EVERYTHING),
        ("outcome:unclear", [ALASKA]),
        ("OUTCOME:Un", [ALASKA]),
        ("outcome:unclear outcome:released", [ALASKA, TRAINER]),
        ("-outcome:unclear", [FRAGMENT, TRAINER, REFERENCE]),
        ("outcome:none", [FRAGMENT, REFERENCE]),
        ("kind:cross", [REFERENCE]),
        ("state:365", [ALASKA, TRAINER]),
        ("state:36", []),
        ("state:365 state:816", []),
        ("state:viet", [REFERENCE]),
        ("year:1963", [ALASKA]),
        ("year:1963..1964", [ALASKA, TRAINER, REFERENCE]),
        ("year:1964..", [TRAINER, REFERENCE]),
        ("year:..1963", [ALASKA]),
        ("number:2899", [ALASKA]),
        ("number:289", []),
        ('narrative:"brought down" border', [TRAINER]),
        ('"brought down"', [TRAINER]),
        ("planes -denial", []),
        ("planes denial", [ALASKA]),
        ("sentence:imposed", [TRAINER]),
        ("century:20th decade:1960s", [ALASKA, TRAINER, REFERENCE]),
        ("changed:yes", []),
        ("changed:no state:365", [ALASKA, TRAINER]),
        ("chapter:7", EVERYTHING),
    ],
)
def test_a_line_finds_its_records(rows: RecordRows, line: str, found: list[int]) -> None:
    assert parse_query(line).mistakes == ()
    assert run_now(rows.find(line)) == found


def test_conditions_follow_edits(session: Session, rows: RecordRows) -> None:
    assert run_now(rows.find("coded:outcome")) == []
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="so")
    session.author = "Béla"
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    assert run_now(rows.find("coded:outcome")) == [ALASKA]
    assert run_now(rows.find("changed:fatalities")) == [TRAINER]
    assert run_now(rows.find("coder:béla")) == [TRAINER]
    session.undo()
    assert run_now(rows.find("changed:yes")) == [ALASKA]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("outcom:x", "There is no field “outcom”. Did you mean “outcome:”?"),
        ("weather:fair", "There is no field “weather”. There are "),
        ('narrative:"air space', "The quotation mark is still open: close it with another one."),
        ("outcome:1..2", "“outcome” has no numbers; a range is for chapter, number, page, year."),
    ],
)
def test_a_mistake_is_explained_and_the_rest_still_counts(
    rows: RecordRows, line: str, message: str
) -> None:
    (mistake,) = parse_query(f"planes {line}").mistakes
    assert mistake.message.startswith(message)
    assert (mistake.start, mistake.end) == (7, 7 + len(line))
    assert run_now(rows.find(f"planes {line}")) == [ALASKA]


@pytest.mark.parametrize("line", ["outcome:", "-", ":", 'a"', "::", "state:..", '""', "-year:"])
def test_an_unfinished_line_is_harmless(rows: RecordRows, line: str) -> None:
    run_now(rows.find(line))
    run_now(rows.count_facets(line))
    rows.search.completions(line, len(line))


def test_terms_have_their_offsets_in_the_line() -> None:
    assert parse_query("ship year:1960..").terms == (
        Term("", "ship", start=0, end=4),
        Term("year", "1960..", low=1960, is_range=True, start=5, end=16),
    )
    assert parse_query("a outcome:x").without("outcome") == Query((Term("", "a", start=0, end=1),))


def counts(rows: RecordRows, line: str, facet: str) -> list[tuple[str, int, bool]]:
    return [
        (one.value, one.count, one.selected)
        for one in run_now(rows.count_facets(line))[facet].values
    ]


def test_counts_of_a_facet_follow_the_other_conditions(rows: RecordRows) -> None:
    assert counts(rows, "", "outcome") == [("Released", 1, False), ("Unclear", 1, False)]
    assert counts(rows, "year:1963", "outcome") == [("Unclear", 1, False)]
    assert counts(rows, "outcome:unclear", "outcome") == [
        ("Released", 1, False),
        ("Unclear", 1, True),
    ]
    assert counts(rows, "planes", "state") == [
        ("2 United States of America", 1, False),
        ("365 Russia", 1, False),
    ]
    assert counts(rows, "outcome:compromise", "outcome")[-1] == ("compromise", 0, True)


def test_a_value_is_added_to_the_line_and_removed_again() -> None:
    line = with_term("ship", "outcome", "Yield by side A")
    assert line == 'ship outcome:"Yield by side A"'
    assert with_term(line, "outcome", "Yield by side A") == "ship"
    assert with_term("", "review", "coded") == "review:coded"


def test_completions_offer_fields_then_their_values(rows: RecordRows) -> None:
    assert rows.search.completions("ou", 2) == [("outcome:", "Outcome")]
    assert rows.search.completions("a outcome:u", 11) == [("a outcome:Unclear", "1")]
    assert rows.search.completions("-state:rus", 10) == [('-state:"365 Russia"', "2")]
    assert rows.search.completions("year:", 5)[0][0].startswith("year:196")
    assert rows.search.completions("nonsense:x", 10) == []
    assert rows.search.completions("", 0) == []
