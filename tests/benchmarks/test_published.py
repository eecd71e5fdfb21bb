"""The comparison can read the made-up tables, and finds some differences."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.reports.comparison import Verdict
from mideditor.reference.published_files import read_tables
from mideditor.session.published.published_comparison import compare
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.benchmarks.book import made_up_records
from tests.benchmarks.published import write_tables


def test_the_tables_of_a_made_up_book_differ_from_it_in_some_fields(tmp_path: Path) -> None:
    records = made_up_records(300)
    tables = read_tables(*write_tables(records, tmp_path))
    with Session.open(tmp_path / "p.mid.json", "Anna", create=True) as session:
        session.add(records)
        found = run_now(compare(session, tables))

    assert not found.unpublished
    assert not found.missing
    agreed = dict.fromkeys(("start_date", "outcome", "end_date"), 0)
    differed = dict(agreed)
    for one in found.fields:
        if one.field in agreed:
            (agreed if one.verdict is Verdict.AGREE else differed)[one.field] += 1
    assert agreed["start_date"] == found.entries
    assert 10 < differed["outcome"] < found.entries / 4
    assert 10 < differed["end_date"] < found.entries / 4


def test_the_same_seed_makes_the_same_tables(tmp_path: Path) -> None:
    records = made_up_records(40)

    texts = [[path.read_text("utf-8") for path in write_tables(records, tmp_path)] for _ in "ab"]

    assert texts[0] == texts[1]
