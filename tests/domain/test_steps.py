"""The chain of steps: no step can be altered, dropped or moved without detection."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mideditor.domain.changes import (
    Change,
    ChangeKind,
    FieldChanged,
    Restored,
    StepsExplained,
    StepsRedone,
    StepsUndone,
    WordAdded,
)
from mideditor.domain.record import Entry, Fragment
from mideditor.domain.replay import changes_between
from mideditor.domain.steps import (
    FIRST_LINK,
    Step,
    StepDraft,
    digest,
    first_broken_link,
    link_of,
    new_step_id,
    record_digest,
)

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def page(old: int, new: int, kind: ChangeKind = ChangeKind.CORRECTION, reason: str = "") -> Change:
    return FieldChanged(record=1, field="page", kind=kind, old=old, new=new, reason=reason)


def draft(*changes: Change, number: int = 0, **values: Any) -> StepDraft:
    said = {"id": f"{number:032x}", "author": "Ana", "time": NOON + timedelta(minutes=number)}
    return StepDraft.model_validate(said | {"changes": changes} | values)


def chain(length: int) -> list[Step]:
    steps: list[Step] = []
    for number in range(length):
        said = draft(page(number, number + 1), number=number, reason=f"reason {number}")
        steps.append(said.sealed(number + 1, steps[-1].link if steps else FIRST_LINK))
    return steps


def test_an_unaltered_chain_is_intact() -> None:
    steps = chain(5)
    assert first_broken_link(steps) is None
    assert first_broken_link([]) is None
    assert steps[0].link == link_of(FIRST_LINK, steps[0].content)
    assert steps[1].link == link_of(steps[0].link, steps[1].content)
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]


ALTERATIONS: dict[str, Any] = {
    "id": "f" * 32,
    "author": "Ben",
    "reason": "another",
    "citation": "p. 9",
    "former_hash": "e" * 64,
    "time": NOON + timedelta(days=1),
    "content": "f" * 64,
    "changes": (page(0, 1, ChangeKind.CODING),),
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


@given(where=st.integers(0, 5))
def test_a_step_altered_and_hashed_again_does_not_fit_its_link(where: int) -> None:
    steps = chain(6)
    altered = steps[where].replace(reason="another")
    steps[where] = altered.replace(content=altered.content_hash())
    assert first_broken_link(steps) == (
        where + 1,
        f"step {where + 1} does not follow the step that stands before it",
    )


@given(where=st.integers(0, 4))
def test_a_step_altered_and_sealed_again_does_not_fit_the_next(where: int) -> None:
    steps = chain(6)
    before = steps[where - 1].link if where else FIRST_LINK
    steps[where] = steps[where].replace(reason="another").sealed(where + 1, before)
    assert first_broken_link(steps) == (
        where + 2,
        f"step {where + 2} does not follow the step that stands before it",
    )


@given(where=st.integers(0, 5))
def test_a_wrong_link_is_named_at_its_own_step(where: int) -> None:
    steps = chain(6)
    steps[where] = steps[where].replace(link="f" * 64)
    assert first_broken_link(steps) == (
        where + 1,
        f"step {where + 1} does not follow the step that stands before it",
    )


@given(where=st.integers(0, 4))
def test_a_dropped_step_is_named(where: int) -> None:
    steps = chain(6)
    del steps[where]
    assert first_broken_link(steps) == (
        where + 1,
        f"step {where + 1} is missing: step {where + 2} stands in its place",
    )


@given(where=st.integers(0, 4))
def test_a_dropped_step_is_named_though_the_others_are_renumbered(where: int) -> None:
    steps = chain(6)
    del steps[where]
    steps = [step.replace(number=number) for number, step in enumerate(steps, start=1)]
    assert first_broken_link(steps) == (
        where + 1,
        f"step {where + 1} does not follow the step that stands before it",
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


def test_a_step_has_the_same_content_hash_in_two_logs_and_another_link() -> None:
    said = draft(page(7, 8), number=9)
    first, second = said.sealed(), said.sealed(4, chain(3)[-1].link)
    assert (first.id, first.content) == (second.id, second.content)
    assert (first.number, second.number) == (1, 4)
    assert first.link != second.link


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
    change = FieldChanged(record=1, field="narrative", kind=ChangeKind.CODING, old=old, new=new)
    step = draft(change, time=time, author="Ana ñ").sealed()
    again = Step.model_validate(json.loads(json.dumps(step.model_dump(mode="json"))))
    assert again == step
    assert again.content_hash() == step.content
    assert first_broken_link([again]) is None


def test_a_step_needs_a_time_with_a_time_zone() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        draft(time=datetime(2026, 3, 14))


def test_no_two_steps_have_the_same_id() -> None:
    ids = [new_step_id() for _ in range(100)]
    assert len(set(ids)) == 100
    assert {len(one) for one in ids} == {32}


WORD = WordAdded(word="Hormuz")
DOUBT = {"field": "outcome", "quote": "x", "question": "?", "certainty": 0.5, "instead": ""}
DECIDED = changes_between(1, {"doubts": [DOUBT]}, {"doubts": []}, lambda _: ChangeKind.REVIEW)[0]
UNDONE, REDONE = StepsUndone(steps=("a",)), StepsRedone(steps=("b",))
RESTORED = Restored(to="c", undone=("d",), redone=())


@pytest.mark.parametrize(
    ("changes", "kind", "of_each"),
    [
        pytest.param([], "import", [], id="an import may change nothing"),
        pytest.param(
            [page(1, 2, ChangeKind.CODING)], "coding", ["coding"], id="a change of a field"
        ),
        pytest.param([WORD], "word", ["word"], id="a word"),
        pytest.param([DECIDED], "review", ["review"], id="an item of a list"),
        pytest.param(
            [DECIDED, page(1, 2)], "correction", ["correction"] * 2, id="an item settled by an edit"
        ),
        pytest.param(
            [page(1, 2, ChangeKind.CODING), page(2, 3)],
            "coding",
            ["coding", "correction"],
            id="each its own",
        ),
        pytest.param([UNDONE, page(2, 1)], "undo", ["undo"] * 2, id="an undo"),
        pytest.param([REDONE, page(1, 2)], "redo", ["redo"] * 2, id="a redo"),
        pytest.param([RESTORED, DECIDED], "restore", ["restore"] * 2, id="a restore"),
    ],
)
def test_the_kind_of_a_step_follows_from_its_changes(
    changes: list[Change], kind: str, of_each: list[str]
) -> None:
    step = draft(*changes)
    assert step.kind == kind
    assert [step.kind_of(change) for change in changes] == of_each


def test_a_change_has_the_reason_and_citation_of_its_step_unless_it_has_its_own() -> None:
    own, other = page(1, 2, reason="of its own"), page(2, 3)
    step = draft(own, other, WORD, reason="of the step", citation="p. 9")
    assert [step.reason_of(change) for change in step.changes] == [
        "of its own",
        "of the step",
        "of the step",
    ]
    assert {step.citation_of(change) for change in step.changes} == {"p. 9"}
    explained = StepsExplained(steps=("a",), reason="told later", citation="p. 3")
    step = draft(explained)
    assert (step.reason_of(explained), step.citation_of(explained)) == ("told later", "p. 3")


@pytest.mark.parametrize(
    ("changes", "step"), [([UNDONE], "a"), ([REDONE], "b"), ([RESTORED], "c"), ([WORD], None)]
)
def test_a_step_names_the_step_that_it_undoes_redoes_or_goes_back_to(
    changes: list[Change], step: str | None
) -> None:
    assert draft(*changes).reverses == step


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
    assert ChangeKind.CODING.label == "coding change"
    assert ChangeKind.UNDO.label == "undo"
