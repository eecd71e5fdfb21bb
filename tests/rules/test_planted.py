"""Errors planted in clean records are found, and clean records have hardly any findings."""

from __future__ import annotations

import pytest

from mideditor.domain.record import Record
from mideditor.domain.rules.table import RULES
from tests.rules.clean_records import clean_records, in_words
from tests.rules.planted import false_findings, kinds_among, planted

SEED = 7


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return clean_records(40, SEED)


def test_planted_errors_are_found(records: list[Record]) -> None:
    results = planted(records, SEED)
    missed = {
        result.kind: f"{result.found} of {result.planted}"
        for result in results
        if result.found < 0.9 * result.planted
    }
    assert missed == {}
    assert sum(r.found for r in results) >= 0.95 * sum(r.planted for r in results)
    assert all(result.planted for result in results), "a kind that fits no record tests nothing"


def test_clean_records_have_hardly_any_findings(records: list[Record]) -> None:
    false_positives = false_findings(records)
    affected = {id(record) for record, _ in false_positives}
    assert len(affected) <= 0.02 * len(records), [finding.message for _, finding in false_positives]


def test_each_kind_of_error_names_existing_rules(records: list[Record]) -> None:
    named = {rule for kind in kinds_among(records) for rule in kind.rules}
    assert named <= RULES.keys()


def test_the_clean_records_are_many_and_distinct(records: list[Record]) -> None:
    assert {record.kind for record in records} == {"entry", "cross_reference"}
    assert len({record.model_dump_json() for record in records}) == len(records) > 60
    assert clean_records(40, SEED) == records
    assert clean_records(40, SEED + 1) != records


@pytest.mark.parametrize(
    ("number", "words"), [(1, "one"), (13, "thirteen"), (40, "forty"), (63, "sixty-three")]
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words
