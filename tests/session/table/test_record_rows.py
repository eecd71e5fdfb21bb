"""The record table without a window: sorted, filtered, and up to date after each step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.record import RecordId, Unread
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, imported

BY_NAME = {column.name: column for column in RECORD_COLUMNS}


def rows_of(session: Session) -> RecordRows:
    return RecordRows(session, Checks(session))


def found(rows: RecordRows, line: str = "", order: Sequence[SortedBy] = ()) -> list[RecordId]:
    return run_now(rows.find(line, order))


def cells(session: Session, record: int) -> list[str]:
    row = rows_of(session).row(record)
    return [
        column.text(row)
        for column in RECORD_COLUMNS
        if column.name not in ("findings", "review") and not column.hidden
    ]


def test_a_row_shows_what_the_record_prints(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        usa, russia = "2 United States of America", "365 Russia"
        dates = "January 28, 1964 to March 27, 1964"
        assert cells(session, TRAINER) == [
            *("2220", dates, f"{usa} / {russia}", "Released", "None", "None", "")
        ]
        assert cells(session, ALASKA)[:2] == ["2899", "March 15, 1963"]
        assert cells(session, REFERENCE)[:3] == ["611", "May 1964", f"see {usa}/816 Vietnam"]
        assert cells(session, FRAGMENT)[:2] == ["—", ""]


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ("dispute_number", [REFERENCE, TRAINER, ALASKA, FRAGMENT]),
        ("dates", [ALASKA, TRAINER, REFERENCE, FRAGMENT]),
        ("outcome", [FRAGMENT, REFERENCE, TRAINER, ALASKA]),
        ("changes", [FRAGMENT, ALASKA, TRAINER, REFERENCE]),
    ],
)
def test_rows_are_sorted_by_what_a_column_means(
    tmp_path: Path, column: str, order: list[int]
) -> None:
    with imported(tmp_path) as session:
        assert found(rows_of(session), order=[SortedBy(BY_NAME[column])]) == order


def test_sorting_is_stable_from_source_order_both_ways(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        rows, settlement = rows_of(session), BY_NAME["settlement"]
        assert found(rows, order=[SortedBy(settlement)]) == [FRAGMENT, REFERENCE, ALASKA, TRAINER]
        down = found(rows, order=[SortedBy(settlement, descending=True)])
        assert down == [ALASKA, TRAINER, FRAGMENT, REFERENCE]


def test_rows_equal_in_one_column_are_sorted_by_the_next(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        rows, kind = rows_of(session), BY_NAME["fatalities"]
        down = SortedBy(BY_NAME["dispute_number"], descending=True)
        assert found(rows, order=[SortedBy(kind), down]) == [FRAGMENT, REFERENCE, ALASKA, TRAINER]
        assert found(rows, order=[down, SortedBy(kind)]) == [FRAGMENT, ALASKA, TRAINER, REFERENCE]


@pytest.mark.parametrize("column", RECORD_COLUMNS, ids=[column.name for column in RECORD_COLUMNS])
def test_unreadable_values_are_sorted(tmp_path: Path, column: Column) -> None:
    with imported(tmp_path) as session:
        odd = Unread(unread="?")
        values = {"dispute_number": odd, "start_date": odd, "side_a": odd, "outcome": odd}
        session.edit(ChangeKind.CORRECTION, {ALASKA: values})
        rows = rows_of(session)
        assert sorted(found(rows, order=[SortedBy(column)])) == sorted(session.ids())
        assert cells(session, ALASKA)[:4] == ["?", "? to March 15, 1963", "?", "?"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [FRAGMENT, ALASKA, TRAINER, REFERENCE]),
        ("2899", [ALASKA]),
        ("ALASKA", [ALASKA]),
        ("russia planes", [ALASKA]),
        ("russia", [ALASKA, TRAINER]),
        ("vietnam may", [REFERENCE]),
        ("imposed", [TRAINER]),
        ("fragment", [FRAGMENT]),
        ("planes trainer", []),
    ],
)
def test_a_filter_finds_the_records_that_have_all_its_words(
    tmp_path: Path, words: str, found: list[int]
) -> None:
    with imported(tmp_path) as session:
        assert run_now(rows_of(session).find(words)) == found


def test_rows_filters_and_counts_follow_the_steps(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        rows = rows_of(session)
        assert found(rows, "stalemate") == []
        assert rows.row(ALASKA).changes() == 0
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
        assert found(rows, "stalemate") == [ALASKA]
        assert rows.row(ALASKA).changes() == 1
        assert found(rows, order=[SortedBy(BY_NAME["changes"])])[0] == ALASKA
        session.undo()
        assert found(rows, "stalemate") == []
        assert rows.row(ALASKA).changes() == 0
        session.undo()
        assert found(rows) == []
