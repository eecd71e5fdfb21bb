"""The hash chain of steps: no step can be altered, dropped or moved without detection."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mideditor.domain.record import Entry, Fragment
from mideditor.domain.steps import (
    FIRST_LINK,
    FieldChange,
    Step,
    StepKind,
    digest,
    first_broken_link,
    new_step,
    record_digest,
)

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def chain(length: int) -> list[Step]:
    steps: list[Step] = []
    for number in range(length):
        change = FieldChange(record=1, field="page", old=number, new=number + 1)
        steps.append(
            new_step(
                after=steps[-1] if steps else None,
                time=NOON + timedelta(minutes=number),
                author="Ana",
                kind=StepKind.CORRECTION,
                changes=(change,),
                reason=f"reason {number}",
            )
        )
    return steps


def test_an_unaltered_chain_is_intact() -> None:
    steps = chain(5)
    assert first_broken_link(steps) is None
    assert first_broken_link([]) is None
    assert steps[0].previous == FIRST_LINK
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]


ALTERATIONS: dict[str, Any] = {
    "author": "Ben",
    "reason": "another",
    "citation": "p. 9",
    "kind": StepKind.CODING,
    "time": NOON + timedelta(days=1),
    "undoes": 1,
    "hash": "f" * 64,
    "changes": (FieldChange(record=2, field="page", old=0, new=1),),
}


@pytest.mark.parametrize("field", ALTERATIONS)
@given(where=st.integers(0, 5))
def test_a_step_altered_in_any_field_is_named(field: str, where: int) -> None:
    steps = chain(6)
    steps[where] = steps[where].replace(**{field: ALTERATIONS[field]})
    assert first_broken_link(steps) == (
        where + 1,
        f"step {where + 1} was altered after it was made",
    )


@given(where=st.integers(0, 4))
def test_a_step_altered_and_sealed_again_does_not_fit_the_next(where: int) -> None:
    steps = chain(6)
    steps[where] = steps[where].replace(reason="another").sealed()
    assert first_broken_link(steps) == (
        where + 2,
        f"step {where + 2} does not follow the step that stands before it",
    )


@given(where=st.integers(0, 4))
def test_a_dropped_step_is_named(where: int) -> None:
    steps = chain(6)
    del steps[where]
    assert first_broken_link(steps) == (
        where + 1,
        f"step {where + 1} is missing: step {where + 2} stands in its place",
    )


@given(order=st.permutations(range(6)))
def test_reordering_breaks_the_chain_at_the_first_moved_step(order: list[int]) -> None:
    steps = [chain(6)[place] for place in order]
    moved = [place for place, original in enumerate(order) if place != original]
    broken = first_broken_link(steps)
    assert (broken and broken[0]) == (moved[0] + 1 if moved else None)


@given(where=st.integers(0, 5))
def test_a_duplicated_step_is_named(where: int) -> None:
    steps = chain(6)
    steps.insert(where, steps[where])
    broken = first_broken_link(steps)
    assert broken is not None
    assert broken[0] == where + 2


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=5,
)


@given(st.datetimes(timezones=zones), json_values, json_values)
def test_a_step_keeps_its_hash_when_stored_as_json(time: datetime, old: Any, new: Any) -> None:
    change = FieldChange(record=1, field="narrative", old=old, new=new)
    step = new_step(after=None, time=time, author="Ana ñ", kind=StepKind.CODING, changes=(change,))
    again = Step.model_validate(json.loads(json.dumps(step.model_dump(mode="json"))))
    assert again.computed_hash() == step.hash
    assert first_broken_link([again]) is None


def test_a_step_needs_a_time_with_a_time_zone() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        new_step(
            after=None,
            time=datetime(2026, 3, 14),
            author="Ana",
            kind=StepKind.CODING,
            changes=(),
        )


def test_a_change_reversed_twice_is_itself() -> None:
    change = FieldChange(record=1, field="page", old=1, new=2)
    assert change.reversed() == FieldChange(record=1, field="page", old=2, new=1)
    assert change.reversed().reversed() == change


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": "é"}) == digest({"b": "é", "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})


def test_the_digest_of_a_record_ignores_default_values() -> None:
    """So that adding a field to records does not change digests already in the log."""
    entry = Entry(dispute_number=2899)
    assert record_digest(entry) == digest({"kind": "entry", "dispute_number": 2899})
    assert record_digest(entry) != record_digest(entry.replace(page=942))
    assert record_digest(Entry()) != record_digest(Fragment())


def test_only_a_coding_change_has_a_label_of_its_own() -> None:
    assert StepKind.CODING.label == "coding change"
    assert StepKind.UNDO.label == "undo"
