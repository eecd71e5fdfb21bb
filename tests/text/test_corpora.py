"""The synthetic book in its three layouts, compared with the truth field by field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.record import Record, document_of
from mideditor.reference.state_list import bundled_states
from mideditor.text.reader import read_chapter
from tests.text.accounting import assert_every_line_is_placed

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpora are not part of the project (../shared/corpus)"
)

ENTRY_FIELDS = (
    "dispute_number",
    "start_date",
    "end_date",
    "side_a",
    "side_b",
    "outcome",
    "settlement",
    "fatalities",
    "coding_changes",
    "chapter",
    "page",
    "dyad",
)


@pytest.mark.parametrize("layout", ["book", "site", "lossy"])
def test_a_corpus_is_read_correctly(layout: str) -> None:
    records = [record for path in texts_of(layout) for record in read_whole(path)]
    truth = [json.loads(line) for line in lines_of(CORPUS / layout / "truth.jsonl")]
    right_counts, total = Counter[str](), Counter[str]()
    for record, expected in zip(records, truth, strict=True):
        for field, is_right in compared(document_of(record), expected, layout):
            right_counts[field] += is_right
            total[field] += 1
    rates = {field: right_counts[field] / total[field] for field in total}
    paragraphs = rates.pop("paragraphs")
    assert {field: rate for field, rate in rates.items() if rate < 1} == {}
    assert paragraphs >= 0.97, "what is missed are true ends on lines as full as any other"
    assert sum(right_counts.values()) / sum(total.values()) >= 0.995


def test_the_real_page_is_read_completely() -> None:
    path = CORPUS / "page-942.txt"
    fragment, first, second, reference = read_whole(path)
    assert len(document_of(fragment)["narrative"]) == 2
    assert [document_of(entry)["dispute_number"] for entry in (first, second)] == [2899, 2220]
    assert document_of(reference)["started"] == "1964-05"
    assert [doubt for record in (fragment, first, second) for doubt in record.doubts] == []


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def texts_of(layout: str) -> list[Path]:
    return sorted((CORPUS / layout).glob("*.txt"))


def read_whole(path: Path) -> tuple[Record, ...]:
    text = path.read_text(encoding="utf-8")
    reading = read_chapter(text, path.name, bundled_states())
    assert reading.unplaced == ()
    assert_every_line_is_placed(text, reading)
    return reading.records


def compared(
    record: dict[str, Any], expected: dict[str, Any], layout: str
) -> Iterator[tuple[str, bool]]:
    yield "kind", record["kind"] == expected["kind"]
    if expected["kind"] == "cross_reference":
        if layout != "lossy":
            yield "number", record["dispute_number"] == expected["dispute_number"]
        yield "started", record["started"] == expected["started"]
        yield "see", record["see"] == expected["see"]
        return
    for field in ENTRY_FIELDS:
        yield field, record[field] == expected.get(field)
    yield "narrative", " ".join(record["narrative"]) == " ".join(expected["narrative"])
    yield "paragraphs", len(record["narrative"]) == len(expected["narrative"])
