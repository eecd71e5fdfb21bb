"""The rows of the field table agree with the models, the codes and the sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.coding_sentences import OPENINGS
from mideditor.domain.fields import (
    FIELDS,
    Editor,
    FieldRow,
    Role,
    decisions,
    fields_of,
    fields_with_sentences,
    labelled_parts,
    published_codes,
    text_fields,
    value_parts,
    work_fields,
)
from mideditor.domain.kinds import KINDS
from mideditor.domain.record import SIDES, CrossReference, Entry, Fragment, document_of

STORED = {
    Entry: "chapter page heading review place doubts kind dispute_number mid_number start_date"
    " end_date side_a side_b outcome settlement fatalities narrative coding_changes dyad",
    CrossReference: "chapter page heading review place doubts kind dispute_number started see dyad",
    Fragment: "chapter page heading review place doubts kind narrative coding_changes dyad",
}
"""The fields that records of released versions store even if empty; new ones are left out then."""

rows = pytest.mark.parametrize("row", FIELDS.values(), ids=FIELDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_record_is_stored_as_in_released_versions(kind: str) -> None:
    model = KINDS[kind].model
    assert set(document_of(model())) == set(STORED[model].split())
    empty = {name for name in fields_of(kind) if FIELDS[name].optional}
    assert empty.isdisjoint(document_of(model()))


@pytest.mark.parametrize("kind", KINDS)
def test_content_is_what_has_that_role(kind: str) -> None:
    names = {name for name, row in fields_of(kind).items() if row.role is Role.CONTENT}
    model = KINDS[kind].model
    stored = {name for name in names if not FIELDS[name].optional}
    assert set(model().content()) - {"kind", "dyad"} == stored
    assert {"place"} == work_fields() - FIELDS.keys()


@rows
def test_a_field_is_shown_somewhere(row: FieldRow) -> None:
    elsewhere = row.name in text_fields() or row.editor is Editor.DECISIONS
    assert (row.form is None) == elsewhere


@rows
def test_a_printed_decision_prints_sentences_and_only_that(row: FieldRow) -> None:
    assert row.decision or not row.sentences
    if row.decision:
        assert row.name in fields_of("entry")
        assert bool(row.sentences) == (row.part is not None)


def test_every_sentence_reports_a_field() -> None:
    reported = {kind for row in fields_with_sentences() for kind in row.sentences}
    assert reported == set(OPENINGS)


@rows
def test_content_that_is_not_printed_is_optional(row: FieldRow) -> None:
    assert row.optional == (row.role is Role.CONTENT and row.part is None)
    assert not (row.optional and row.required)


@rows
def test_every_code_of_a_published_field_has_a_number_of_its_own(row: FieldRow) -> None:
    if row.codes and row.published:
        assert list(row.numbers) == list(row.codes)
        assert len(set(row.numbers.values())) == len(row.codes)
    else:
        assert not row.numbers


def test_published_fields_are_decisions_in_columns_of_their_own() -> None:
    assert {*published_codes(), *SIDES} <= decisions().keys()
    columns = [row.published for row in FIELDS.values() if row.published and row.name not in SIDES]
    accepted = [column for names in columns for column in names]
    assert len(set(accepted)) == len(accepted)


def test_spellings_and_search_keys_are_unambiguous() -> None:
    spellings = [spelling for part in labelled_parts() for spelling in part.spellings]
    keys = [row.search.key for row in FIELDS.values() if row.search]
    for names in (spellings, keys):
        assert len(set(names)) == len(names)
    assert set(value_parts()) < set(labelled_parts())


@rows
def test_the_guide_explains_what_no_chapter_prints(row: FieldRow) -> None:
    guide = (Path(__file__).parents[2] / "resources/help/fields.md").read_text("utf-8")
    if row.optional:
        assert f"**{row.label}**" in guide
