"""The index for sorting and searching, and the parts in which it is built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome, ReviewState
from mideditor.domain.record import Entry, RecordId
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session
from mideditor.session.table.columns import RECORD_COLUMNS, SortedBy
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.table.search_index import SearchIndex, folded, part_of
from mideditor.session.table.search_keys import KEYS
from mideditor.session.table.sorting import order_from_text
from mideditor.session.work import Work, run_now
from tests.benchmarks.book import made_up_records
from tests.session.chapters import ALASKA, FRAGMENT, imported, open_session

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
        text = index.texts[index.row_of(ALASKA)]
        assert part_of(text, KEYS["narrative"]).startswith(b"two reconnaissance planes")
        assert b"unclear" in text
        assert b"unclear" not in part_of(text, KEYS["narrative"])
        assert part_of(text, KEYS["sentence"]) == b""
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="so")
        run_now(index.fill())
        sentence = part_of(index.texts[index.row_of(ALASKA)], KEYS["sentence"])
        assert sentence == b"outcome changed from unclear."
        assert index.texts[index.row_of(FRAGMENT)].startswith(b"fragment")


def parts(work: Work[object]) -> int:
    return sum(1 for _ in work)


@pytest.fixture
def big(tmp_path: Path) -> Session:
    session = open_session(tmp_path / "big.mid.json", "Anna", create=True)
    session.add(made_up_records(700))
    return session


def entries(session: Session) -> list[RecordId]:
    return [one for one in session.ids() if isinstance(session.record(one), Entry)]


def test_many_records_are_indexed_in_parts_and_only_once(big: Session) -> None:
    rows = RecordRows(big, Checks(big))
    assert parts(rows.find("quarantine")) == 2
    assert parts(rows.find("quarantine state")) == 0
    assert parts(rows.find("", [SortedBy(RECORD_COLUMNS[0])])) == 0
    assert parts(rows.find("", [SortedBy(FINDINGS)])) > 10, "findings take longer"
    assert parts(rows.find("finding:yes")) == 0
    first = entries(big)[0]
    big.edit(ChangeKind.CORRECTION, {first: {"narrative": ("A zebra crossed.",)}})
    assert run_now(rows.find("zebra")) == [first]


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
    last = entries(big)[-1]
    big.edit(ChangeKind.CORRECTION, {last: {"narrative": ("A zebra crossed.",)}})
    assert last not in run_now(work)
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


def test_an_id_may_be_as_large_as_a_project_file_can_hold(tmp_path: Path) -> None:
    """Nothing is indexed by id: 2⁵³ costs no more than 2."""
    near, far = 2, 2**53
    path = project_with_ids(tmp_path / "far.mid.json", (near, far))
    with open_session(path, "Anna") as session:
        rows = RecordRows(session, Checks(session))
        assert run_now(rows.find("", order_from_text("-dispute_number"))) == [far, near]
        number = session.document(far)["dispute_number"]
        assert run_now(rows.find(f"number:{number}")) == [far]
        session.edit(ChangeKind.REVIEW, {far: {"review": ReviewState.CODED}})
        assert run_now(rows.find("review:coded")) == [far]
        review = run_now(rows.count_facets(""))["review"]
        assert {value.value: value.count for value in review.values} == {"imported": 1, "coded": 1}


def project_with_ids(path: Path, ids: Sequence[RecordId]) -> Path:
    """A project of made-up entries with these ids, in ascending order of number."""
    entries = [one for one in made_up_records(20) if isinstance(one, Entry)]
    records = dict(zip(ids, entries, strict=False))
    with open_session(path, "Anna", create=True) as session:
        session.add(records)
    return path
