"""The index for sorting and searching, and the parts in which it is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.codes import Outcome
from mideditor.domain.steps import StepKind
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from mideditor.session.table.columns import RECORD_COLUMNS, SortedBy
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.table.search_index import SearchIndex, folded, part_of
from mideditor.session.table.search_keys import KEYS
from mideditor.session.work import Work, run_now
from tests.benchmarks.book import made_up_records
from tests.session.chapters import ALASKA, FRAGMENT, imported

FINDINGS = next(column for column in RECORD_COLUMNS if column.name == "findings")


@given(st.text())
def test_folding_is_that_of_the_unicode_standard(text: str) -> None:
    assert folded(text) == text.casefold().encode()


@pytest.mark.parametrize("text", ["Ætna — “ÉTÉ”", "straße", "İ", "–—‘’“”…†", "A ≠ B", "Ⓐ’s"])
def test_folding_of_non_ascii_text(text: str) -> None:
    assert folded(text) == text.casefold().encode()


def test_narrative_and_sentences_are_parts_of_the_text(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        index = SearchIndex(session, Checks(session))
        run_now(index.fill())
        text = index.texts[ALASKA]
        assert part_of(text, KEYS["narrative"]).startswith(b"two reconnaissance planes")
        assert b"unclear" in text
        assert b"unclear" not in part_of(text, KEYS["narrative"])
        assert part_of(text, KEYS["sentence"]) == b""
        session.edit(StepKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="so")
        run_now(index.fill())
        sentence = part_of(index.texts[ALASKA], KEYS["sentence"])
        assert sentence == b"outcome changed from unclear."
        assert index.texts[FRAGMENT].startswith(b"fragment")


def parts(work: Work[object]) -> int:
    return sum(1 for _ in work)


@pytest.fixture
def big(tmp_path: Path) -> Session:
    session = Session.open(tmp_path / "big.mid.json", "Anna", create=True)
    session.add(made_up_records(700))
    return session


def test_many_records_are_indexed_in_parts_and_only_once(big: Session) -> None:
    rows = RecordRows(big, Checks(big))
    assert parts(rows.find("quarantine")) == 2
    assert parts(rows.find("quarantine state")) == 0
    assert parts(rows.find("", [SortedBy(RECORD_COLUMNS[0])])) == 0
    assert parts(rows.find("", [SortedBy(FINDINGS)])) > 10, "findings take longer"
    assert parts(rows.find("finding:yes")) == 0
    big.edit(StepKind.CORRECTION, {1: {"narrative": ("A zebra crossed.",)}})
    assert run_now(rows.find("zebra")) == [1]


def test_few_records_are_indexed_in_one_part(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        rows = RecordRows(session, Checks(session))
        assert parts(rows.find("planes finding:yes", [SortedBy(FINDINGS)])) == 0
        assert "finding" in run_now(rows.count_facets(""))


def test_findings_are_counted_when_all_are_known(big: Session) -> None:
    big.add(made_up_records(700, seed=2))
    rows = RecordRows(big, Checks(big))
    assert "finding" not in run_now(rows.count_facets(""))
    run_now(rows.prepare(checked=True))
    assert "finding" in run_now(rows.count_facets(""))
    big.undo()
    assert sum(one.count for one in run_now(rows.count_facets(""))["kind"].values) == 700


def test_a_step_between_two_parts_is_harmless(big: Session) -> None:
    rows = RecordRows(big, Checks(big))
    work = rows.find("-zebra", [SortedBy(RECORD_COLUMNS[1])])
    next(work)
    big.edit(StepKind.CORRECTION, {700: {"narrative": ("A zebra crossed.",)}})
    assert 700 not in run_now(work)
    work = rows.find("-zebra")
    big.undo()
    big.undo()
    assert run_now(work) == []


@pytest.mark.parametrize(
    "typed",
    [
        ["q", "qu", "quarantine", "quarantine st", "quar"],
        ["lake", "lake -q", "lake -quarantine", "lake", "-lake", "-la", "-lake ferry"],
        ["a", '"a b', '"a b"', "a b", "b"],
    ],
)
def test_incremental_search_equals_a_fresh_search(big: Session, typed: list[str]) -> None:
    rows = RecordRows(big, Checks(big))
    for line in typed:
        assert run_now(rows.find(line)) == run_now(RecordRows(big, Checks(big)).find(line)), line
