"""A step is appended to the records it started from, or worked out anew, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import Change, ChangeKind, FieldChanged, RecordAdded, RecordTakenOut
from mideditor.domain.record import Entry, document_of
from mideditor.domain.replay import changes_between, digest_of_document
from mideditor.domain.steps import FIRST_LINK, StepDraft, link_of, new_step_id
from mideditor.store.document_table import Document, Encoded
from mideditor.store.project import StaleStep
from mideditor.store.project_store import ProjectStore
from tests.store.steps import journal_of

ENTRY = document_of(Entry(page=7))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    """An open project with one record."""
    store = ProjectStore.open(tmp_path / "p.mid.json", create=True)
    name = digest_of_document(ENTRY)
    added = RecordAdded(record=1, document=name)
    store.append(draft(added), {1: ENTRY}, originals={name: ENTRY})
    yield store
    store.close()


def draft(*changes: Change) -> StepDraft:
    time = datetime(2026, 3, 14, tzinfo=UTC)
    return StepDraft(id=new_step_id(), time=time, author="Ana", changes=changes)


def change(field: str, old: Any, new: Any) -> FieldChanged:
    return FieldChanged(record=1, field=field, kind=ChangeKind.CODING, old=old, new=new)


def now(store: ProjectStore) -> tuple[dict[int, Encoded | None], Document]:
    """The row of the record as it is, to base a step on, and its document."""
    return {1: store.contents.records.encoded()[1]}, store.contents.records[1]


def written(store: ProjectStore) -> tuple[Any, ...]:
    """All that a step can change."""
    tables = {name: dict(rows) for name, rows in store.contents.tables().items()}
    return tables, journal_of(store.path).read_bytes()


def test_a_step_on_the_row_that_it_started_from_is_taken_as_it_was_worked_out(
    store: ProjectStore,
) -> None:
    based_on, document = now(store)
    wanted = document | {"page": 8}
    step = store.append(draft(change("page", 7, 8)), {1: wanted}, based_on=based_on)
    assert store.contents.records[1] == wanted
    first, last = store.contents.log.values()
    assert (step.number, step.link) == (2, link_of(first["link"], step.content))
    assert first["link"] == link_of(FIRST_LINK, first["content"])
    assert last == step.model_dump(mode="json")


def test_a_step_on_another_row_with_the_same_values_is_worked_out_anew(
    store: ProjectStore,
) -> None:
    based_on, document = now(store)
    outcome = draft(change("outcome", None, "Stalemate"))
    store.append(outcome, {1: document | {"outcome": "Stalemate"}}, based_on=based_on)
    page = draft(change("page", 7, 8))
    store.append(page, {1: document | {"page": 8}}, based_on=based_on)
    expected = document | {"page": 8, "outcome": "Stalemate"}
    assert store.contents.records[1] == expected
    project = store.path
    store.abandon()
    assert ProjectStore.open(project, read_only=True).contents.records[1] == expected


def test_items_of_two_steps_on_the_same_row_are_both_kept(store: ProjectStore) -> None:
    based_on, document = now(store)
    for key in ("one", "other"):
        after = document | {"accepted": [{"key": key, "reason": "so"}]}
        changes = changes_between(1, document, after, lambda _: ChangeKind.REVIEW)
        store.append(draft(*changes), {1: after}, based_on=based_on)
    kept = store.contents.records[1]["accepted"]
    assert sorted(item["key"] for item in kept) == ["one", "other"]


def test_a_record_without_the_row_it_was_based_on_is_worked_out_anew(store: ProjectStore) -> None:
    _, document = now(store)
    store.append(draft(change("page", 7, 8)), {1: document | {"page": 9, "outcome": "Unclear"}})
    assert store.contents.records[1] == document | {"page": 8}


@pytest.mark.parametrize(
    "late",
    [
        pytest.param([change("page", 7, 8)], id="a value that has changed"),
        pytest.param(
            [change("outcome", None, "Stalemate"), change("page", 7, 8)], id="one of two values"
        ),
        pytest.param(
            [RecordTakenOut(record=1, document=digest_of_document(ENTRY))], id="another record"
        ),
        pytest.param(
            [RecordAdded(record=1, document=digest_of_document(ENTRY))], id="a record that is there"
        ),
    ],
)
def test_a_step_on_a_changed_value_is_refused_and_writes_nothing(
    store: ProjectStore, late: list[Change]
) -> None:
    based_on, document = now(store)
    earlier = draft(change("page", 7, 70))
    store.append(earlier, {1: document | {"page": 70}}, based_on=based_on)
    before = written(store)
    with pytest.raises(StaleStep, match=r"Records were changed meanwhile\. Nothing was changed"):
        store.append(draft(*late), {1: document | {"page": 8}}, based_on=based_on)
    assert written(store) == before
    again, document = now(store)
    step = store.append(draft(change("page", 70, 8)), {1: document | {"page": 8}}, based_on=again)
    assert step.number == 3


def test_a_step_on_a_record_that_is_gone_is_refused(store: ProjectStore) -> None:
    based_on, document = now(store)
    taken_out = draft(RecordTakenOut(record=1, document=digest_of_document(ENTRY)))
    store.append(taken_out, {1: None}, based_on=based_on)
    before = written(store)
    with pytest.raises(StaleStep):
        store.append(draft(change("page", 7, 8)), {1: document | {"page": 8}}, based_on=based_on)
    assert written(store) == before


def test_a_step_that_would_make_an_invalid_record_of_the_current_one_is_refused(
    store: ProjectStore,
) -> None:
    based_on, document = now(store)
    page = draft(change("page", 7, 8))
    store.append(page, {1: document | {"page": 8}}, based_on=based_on)
    before = written(store)
    with pytest.raises(StaleStep):
        store.append(draft(change("outcome", None, "Won")), {1: document}, based_on=based_on)
    assert written(store) == before
