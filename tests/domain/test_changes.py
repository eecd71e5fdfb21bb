"""Every kind of change: its JSON, its inverse, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from mideditor.domain.changes import (
    WHOLE_RECORD,
    Change,
    ChangeKind,
    FieldChanged,
    RecordChange,
    Restored,
)
from mideditor.domain.steps import Step, StepDraft, first_broken_link

DIGEST = "d" * 64
NOON = "2026-03-14T12:00:00Z"
FINDING = {"key": "k", "reason": "so"}
DIFFERENCE = FINDING | {"about": "difference"}
READING = FINDING | {"about": "reading"}
EVIDENCE = {"field": "outcome", "quote": "won", "before": "they ", "after": ""}
DOUBT = {"field": "page", "quote": "l", "question": "1?", "certainty": 0.5, "instead": "1"}
ANSWER = {"text": "So", "author": "Ana", "time": NOON}
QUESTION = {"field": "outcome", "text": "Why?", "author": "Ben", "time": NOON, "closed": False}
ASKED = QUESTION | {"answers": [ANSWER]}

OF_RECORDS: list[dict[str, Any]] = [
    {"record": 7} | change
    for change in (
        {"change": "record added", "document": DIGEST},
        {"change": "record taken out", "document": DIGEST},
        {"change": "field changed", "field": "page", "kind": "coding", "old": 1, "new": 2},
        {"change": "finding accepted", "at": 0, "item": FINDING},
        {"change": "finding reopened", "at": 0, "item": FINDING},
        {"change": "difference accepted", "at": 1, "item": DIFFERENCE},
        {"change": "difference reopened", "at": 1, "item": DIFFERENCE},
        {"change": "reading dismissed", "at": 2, "item": READING},
        {"change": "reading reopened", "at": 2, "item": READING},
        {"change": "evidence marked", "at": 0, "item": EVIDENCE},
        {"change": "evidence dropped", "at": 0, "item": EVIDENCE},
        {"change": "doubt decided", "at": 0, "item": DOUBT},
        {"change": "doubt reopened", "at": 0, "item": DOUBT},
        {"change": "question asked", "at": 0, "item": ASKED},
        {"change": "question withdrawn", "at": 0, "item": ASKED},
        {"change": "question answered", "question": "q", "at": 0, "item": ANSWER},
        {"change": "answer withdrawn", "question": "q", "at": 0, "item": ANSWER},
        {"change": "question closed", "question": "q"},
        {"change": "question reopened", "question": "q"},
    )
]
OTHERS: list[dict[str, Any]] = [
    {"change": "word added", "word": "Hormuz"},
    {"change": "source added", "source": "5" * 64, "name": "chapter 7.txt"},
    {"change": "coder named", "name": "Ana", "alias": "A. Silva"},
    {"change": "new record dismissed", "key": "2899"},
    {"change": "steps explained", "steps": ["a", "b"], "reason": "in print", "citation": "p. 9"},
    {"change": "steps reviewed", "steps": ["a"], "reason": "fine"},
    {"change": "steps undone", "steps": ["a"]},
    {"change": "steps redone", "steps": ["a"]},
    {"change": "restored", "to": "a", "undone": ["b", "c"], "redone": []},
    {"change": "restored", "undone": [], "redone": ["b", "c"]},
]
CHANGES = OF_RECORDS + OTHERS
CHANGED_PAGE = OF_RECORDS[2]

INVERSES = {
    "record added": "record taken out",
    "field changed": "field changed",
    "finding accepted": "finding reopened",
    "difference accepted": "difference reopened",
    "reading dismissed": "reading reopened",
    "evidence marked": "evidence dropped",
    "doubt decided": "doubt reopened",
    "question asked": "question withdrawn",
    "question answered": "answer withdrawn",
    "question closed": "question reopened",
}
INVERSES |= {inverse: change for change, inverse in INVERSES.items()}


def step_of(*changes: dict[str, Any]) -> Step:
    """A step with changes in their stored form."""
    said = {"id": "a" * 32, "time": NOON, "author": "Ana", "changes": changes}
    return StepDraft.model_validate(said).sealed()


def read(change: dict[str, Any]) -> Change:
    return step_of(change).changes[0]


def record_change(stored: dict[str, Any]) -> RecordChange:
    change = read(stored)
    assert isinstance(change, RecordChange)
    return change


def tags() -> set[str]:
    """The tags of all kinds of change that the union has."""
    union, _ = get_args(Change)
    models: list[type[BaseModel]] = list(get_args(union))
    return {tag for model in models for tag in get_args(model.model_fields["change"].annotation)}


def named(change: dict[str, Any]) -> str:
    return str(change["change"])


def test_the_examples_have_every_kind_of_change() -> None:
    assert {change["change"] for change in CHANGES} == tags()


def test_every_kind_of_change_is_in_the_description_of_the_format() -> None:
    page = Path(__file__).parents[2].joinpath("docs/format.md").read_text(encoding="utf-8")
    assert [tag for tag in sorted(tags()) if f"`{tag}`" not in page] == []


@pytest.mark.parametrize("stored", CHANGES, ids=named)
def test_a_change_in_a_step_is_the_same_after_being_stored(stored: dict[str, Any]) -> None:
    step = step_of(stored)
    text = json.dumps(step.model_dump(mode="json"))
    again = Step.model_validate_json(text)
    assert again == step
    assert type(again.changes[0]) is type(step.changes[0])
    assert first_broken_link([again]) is None
    assert json.dumps(again.model_dump(mode="json")) == text


@pytest.mark.parametrize("stored", CHANGES, ids=named)
def test_a_change_is_stored_as_it_was_read(stored: dict[str, Any]) -> None:
    assert read(stored).model_dump(mode="json") == stored


@pytest.mark.parametrize("stored", OF_RECORDS, ids=named)
def test_every_change_of_a_record_has_an_inverse_whose_inverse_it_is(
    stored: dict[str, Any],
) -> None:
    change = record_change(stored)
    inverse = change.inverse()
    assert inverse.change == INVERSES[change.change]
    assert inverse != change
    assert inverse.inverse() == change
    assert (inverse.record, inverse.field) == (change.record, change.field)
    assert inverse.kind == change.kind
    assert read(inverse.model_dump(mode="json")) == inverse


def test_only_changes_of_records_and_restores_have_an_inverse() -> None:
    with_inverse = {named(one) for one in CHANGES if hasattr(read(one), "inverse")}
    assert with_inverse == {named(one) for one in OF_RECORDS} | {"restored"}
    assert with_inverse - {"restored"} == INVERSES.keys()


def test_the_inverse_of_a_restore_names_the_same_steps_and_no_state() -> None:
    restored = Restored(to="a", undone=("b", "c"), redone=("d",))
    assert restored.inverse() == Restored(undone=("d",), redone=("b", "c"))
    assert restored.inverse().inverse() == restored.replace(to=None)


def test_the_inverse_of_a_change_with_its_own_reason_has_none() -> None:
    stored = CHANGED_PAGE | {"reason": "seen in print", "citation": "p. 9"}
    change = record_change(stored)
    assert isinstance(change, FieldChanged)
    assert change.model_dump(mode="json") == stored
    inverse = change.inverse()
    assert (inverse.old, inverse.new, inverse.reason, inverse.citation) == (2, 1, "", "")


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param({"change": "record renamed", "record": 7}, id="an unknown change"),
        pytest.param({"record": 7, "field": "page", "old": 1, "new": 2}, id="no tag"),
        pytest.param({"change": "record added", "record": 7}, id="no document"),
        pytest.param(OF_RECORDS[3] | {"at": -1}, id="a place before the first"),
        pytest.param(OF_RECORDS[3] | {"item": {"key": "k"}}, id="half an item"),
        pytest.param(OF_RECORDS[9] | {"change": "finding accepted"}, id="an item of another list"),
    ],
)
def test_a_change_of_another_form_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(stored)


def test_a_field_changes_only_by_a_kind_that_changes_fields() -> None:
    kinds = {ChangeKind(kind) for kind in ("import", "correction", "coding", "review", "restore")}
    for kind in ChangeKind:
        stored = CHANGED_PAGE | {"kind": kind.value}
        if kind in kinds:
            assert record_change(stored).kind is kind
        else:
            with pytest.raises(ValidationError, match=f"no field changes by “{kind}”"):
                read(stored)
    with pytest.raises(ValidationError):
        read(CHANGED_PAGE | {"kind": "guess"})


def test_a_change_names_its_field_and_kind() -> None:
    found = {(change.field, change.kind.value) for change in map(record_change, OF_RECORDS)}
    assert found == {
        (WHOLE_RECORD, "import"),
        ("page", "coding"),
        ("accepted", "review"),
        ("accepted", "skip"),
        ("evidence", "review"),
        ("doubts", "review"),
        ("questions", "review"),
    }
    notes = {named(one): read(one).kind.value for one in OTHERS}
    assert notes == {
        "word added": "word",
        "source added": "import",
        "coder named": "coder",
        "new record dismissed": "skip",
        "steps explained": "reason",
        "steps reviewed": "accept",
        "steps undone": "undo",
        "steps redone": "redo",
        "restored": "restore",
    }


def test_times_in_changes_are_kept_to_the_microsecond() -> None:
    exact = datetime(2026, 3, 14, 12, 0, 0, 123456, tzinfo=UTC).isoformat()
    stored = OF_RECORDS[13] | {"item": ASKED | {"time": exact}}
    dumped = step_of(stored).model_dump_json()
    assert Step.model_validate_json(dumped) == step_of(stored)
    assert "123456" in dumped
