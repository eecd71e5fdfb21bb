"""The changes between two records lead from one to the other, and back; no other record fits."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.changes import (
    WHOLE_RECORD,
    AcceptanceChange,
    AnswerChange,
    ChangeKind,
    DoubtChange,
    FieldChanged,
    RecordAdded,
    RecordChange,
    RecordTakenOut,
)
from mideditor.domain.record import Entry, Fragment, document_of
from mideditor.domain.replay import (
    NotAsLogged,
    apply,
    canonical,
    changes_between,
    digest_of_document,
    question_key,
)
from mideditor.domain.steps import StepDraft

Document = dict[str, Any]

NOON, ONE = "2026-03-14T12:00:00Z", "2026-03-14T13:00:00Z"

texts = st.sampled_from("abc")
participants = st.fixed_dictionaries(
    {"code": st.none() | st.integers(1, 3), "name": st.sampled_from(["USA", "Cuba"])}
)
headings = st.fixed_dictionaries({"a": participants, "b": participants})
doubts = st.fixed_dictionaries(
    {
        "field": texts,
        "quote": texts,
        "question": texts,
        "certainty": st.just(0.5),
        "instead": texts,
    }
)
acceptances = st.fixed_dictionaries(
    {"key": texts, "reason": texts},
    optional={"about": st.sampled_from(["finding", "difference", "reading"])},
)
marks = st.fixed_dictionaries({"field": texts, "quote": texts})
answers = st.fixed_dictionaries({"text": texts, "author": texts, "time": st.sampled_from([NOON])})
questions = st.fixed_dictionaries(
    {
        "field": texts,
        "text": texts,
        "author": st.just("Ana"),
        "time": st.just(NOON),
        "answers": st.lists(answers, max_size=4),
        "closed": st.booleans(),
    }
)
WORK = {
    "page": st.none() | st.integers(1, 3),
    "heading": st.none() | headings,
    "doubts": st.lists(doubts, max_size=4),
    "accepted": st.lists(acceptances, max_size=5),
    "questions": st.lists(questions, max_size=3, unique_by=question_key),
    "evidence": st.lists(marks, max_size=4),
}
"""Lists may have the same item twice; only questions are told apart by their keys."""

fragments = st.fixed_dictionaries(
    {"kind": st.just("fragment"), "narrative": st.lists(texts, max_size=2), **WORK}
)
entries = st.fixed_dictionaries(
    {
        "kind": st.just("entry"),
        "outcome": st.sampled_from([None, "Stalemate", {"unread": "Stale mate"}]),
        "side_a": st.lists(participants, max_size=2),
        **WORK,
    }
)
pairs = st.one_of(st.tuples(fragments, fragments), st.tuples(entries, entries)).map(
    lambda pair: (canonical(pair[0]), canonical(pair[1]))
)


def review(field: str) -> ChangeKind:
    return ChangeKind.REVIEW


def read_again(field: str) -> ChangeKind:
    return ChangeKind.IMPORT


kinds = st.sampled_from([review, read_again])


def none_added(digest: str) -> None:
    return None


def after(changes: list[RecordChange], document: Document) -> Document:
    """The document after some changes."""
    found = deepcopy(document)
    for change in changes:
        now = apply(change, found, none_added)
        assert now is not None
        found = now
    return found


@given(pairs, kinds)
def test_the_changes_between_two_records_lead_from_one_to_the_other_and_back(
    pair: tuple[Document, Document], kind: Any
) -> None:
    one, other = pair
    changes = changes_between(1, one, other, kind)
    assert after(changes, one) == other
    assert canonical(other) == other
    back = [change.inverse() for change in reversed(changes)]
    assert after(back, other) == one
    assert (changes == []) == (one == other)


@given(pairs)
def test_every_change_of_a_list_is_an_item_and_every_other_change_a_field(
    pair: tuple[Document, Document],
) -> None:
    changed = {
        change.field for change in changes_between(1, *pair, review) if hasattr(change, "old")
    }
    assert not changed & {"doubts", "accepted", "questions", "evidence", "dyad"}


@given(pairs)
def test_an_import_changes_doubts_as_a_whole(pair: tuple[Document, Document]) -> None:
    changes = changes_between(1, *pair, read_again)
    assert all(isinstance(change, FieldChanged) for change in changes)


@given(pairs, pairs)
def test_a_field_changes_only_from_the_value_that_the_change_found(
    pair: tuple[Document, Document], other: tuple[Document, Document]
) -> None:
    for change in changes_between(1, *pair, review):
        if not isinstance(change, FieldChanged):
            continue
        document = deepcopy(other[0])
        if document.get(change.field) == change.old:
            assert after([change], document)[change.field] == change.new
        else:
            with pytest.raises(NotAsLogged) as caught:
                apply(change, document, none_added)
            assert (caught.value.record, caught.value.field) == (1, change.field)


ENTRY = document_of(Entry(page=7))
ANA = {"text": "So", "author": "Ana", "time": NOON}
BEN = {"text": "Not so", "author": "Ben", "time": ONE}
ASKED = {
    "field": "outcome",
    "text": "Why?",
    "author": "Ana",
    "time": NOON,
    "answers": [],
    "closed": False,
}


def test_the_dyad_follows_the_heading() -> None:
    usa, cuba = {"code": 2, "name": "USA"}, {"code": 40, "name": "Cuba"}
    headed = canonical(ENTRY | {"heading": {"a": cuba, "b": usa}})
    (change,) = changes_between(1, ENTRY, headed, lambda _: ChangeKind.CORRECTION)
    assert change.field == "heading"
    assert after([change], ENTRY)["dyad"] == [2, 40]
    assert after([change.inverse()], headed)["dyad"] is None


@pytest.mark.parametrize(
    ("about", "told", "taken_back"),
    [
        ("finding", "finding accepted", "finding reopened"),
        ("difference", "difference accepted", "difference reopened"),
        ("reading", "reading dismissed", "reading reopened"),
    ],
)
def test_what_was_accepted_is_told_by_the_change(about: str, told: str, taken_back: str) -> None:
    accepted = canonical(ENTRY | {"accepted": [{"key": "k", "reason": "so", "about": about}]})
    (there,) = changes_between(1, ENTRY, accepted, review)
    (back,) = changes_between(1, accepted, ENTRY, review)
    assert (there.change, back.change) == (told, taken_back)
    assert there.kind == ("skip" if about == "reading" else "review")


def test_a_record_is_added_and_taken_out_as_it_was() -> None:
    digest = digest_of_document(ENTRY)
    added = RecordAdded(record=1, document=digest)
    assert apply(added, None, {digest: ENTRY}.get) == ENTRY
    assert apply(added.inverse(), deepcopy(ENTRY), none_added) is None


@pytest.mark.parametrize(
    ("change", "document"),
    [
        pytest.param(RecordAdded(record=1, document="a"), ENTRY, id="it is there already"),
        pytest.param(RecordAdded(record=1, document="a"), None, id="its document is missing"),
        pytest.param(RecordTakenOut(record=1, document="a"), ENTRY, id="it has changed since"),
        pytest.param(RecordTakenOut(record=1, document="a"), None, id="it is not there"),
    ],
)
def test_a_record_that_is_not_as_logged_is_neither_added_nor_taken_out(
    change: RecordChange, document: Document | None
) -> None:
    with pytest.raises(NotAsLogged) as caught:
        apply(change, document, none_added)
    assert caught.value.field == WHOLE_RECORD


def test_no_field_of_a_missing_record_changes() -> None:
    change = FieldChanged(record=1, field="page", kind=ChangeKind.CODING, old=7, new=8)
    with pytest.raises(NotAsLogged):
        apply(change, None, none_added)


@pytest.mark.parametrize(
    "stored",
    [
        {"change": "finding reopened", "at": 0, "item": {"key": "k", "reason": "so"}},
        {"change": "evidence dropped", "at": 0, "item": {"field": "outcome", "quote": "won"}},
        {"change": "question withdrawn", "at": 0, "item": ASKED},
        {"change": "question answered", "question": "unknown", "at": 0, "item": ANA},
        {"change": "question closed", "question": "unknown"},
        {"change": "answer withdrawn", "question": question_key(ASKED), "at": 0, "item": ANA},
        {"change": "question reopened", "question": question_key(ASKED)},
    ],
    ids=lambda stored: str(stored["change"]),
)
def test_an_item_that_is_not_there_is_not_changed(stored: dict[str, Any]) -> None:
    with_question = canonical(ENTRY | {"questions": [ASKED]})
    document = ENTRY if stored["change"] == "question withdrawn" else with_question
    (change,) = _read([stored])
    with pytest.raises(NotAsLogged):
        apply(change, deepcopy(document), none_added)


def _read(stored: list[dict[str, Any]]) -> tuple[RecordChange, ...]:
    changes = [{"record": 1} | one for one in stored]
    said = {"id": "a", "time": NOON, "author": "Ana", "changes": changes}
    return StepDraft.model_validate(said).record_changes


def test_a_doubt_that_has_moved_in_its_list_is_found_by_what_it_says() -> None:
    doubt = {"field": "page", "quote": "l", "question": "1?", "certainty": 0.5, "instead": "1"}
    other = doubt | {"quote": "O"}
    one = document_of(Fragment()) | {"doubts": [other, doubt]}
    (decided,) = changes_between(1, one, one | {"doubts": [other]}, review)
    assert isinstance(decided, DoubtChange)
    assert after([decided], one | {"doubts": [doubt]})["doubts"] == []


def test_of_two_equal_items_the_one_at_its_place_goes() -> None:
    finding, other = {"key": "k", "reason": "so"}, {"key": "l", "reason": "so"}
    two = canonical(ENTRY | {"accepted": [finding, other, finding]})
    left = canonical(ENTRY | {"accepted": [finding, other]})
    (reopened,) = changes_between(1, two, left, review)
    assert isinstance(reopened, AcceptanceChange)
    assert reopened.at == 2
    assert after([reopened.inverse()], left) == two


@pytest.mark.parametrize("turned", [False, True])
def test_answers_of_two_people_stay_both_in_either_order(turned: bool) -> None:
    """Each answered in a copy of the project of their own, and both copies come together."""
    asked = canonical(ENTRY | {"questions": [ASKED]})
    both = [
        changes_between(1, asked, asked | {"questions": [ASKED | {"answers": [answer]}]}, review)
        for answer in (ANA, BEN)
    ]
    if turned:
        both.reverse()
    (first,), (second,) = both
    assert isinstance(first, AnswerChange)
    found = after([first, second], asked)
    assert sorted(one["author"] for one in found["questions"][0]["answers"]) == ["Ana", "Ben"]
    assert canonical(found) == found
    without_first = after([first.inverse()], found)
    assert after([second.inverse()], without_first) == asked


def test_an_answer_finds_its_question_though_another_was_asked_before_it() -> None:
    asked = canonical(ENTRY | {"questions": [ASKED]})
    answered = asked | {"questions": [ASKED | {"answers": [ANA]}]}
    changes = changes_between(1, asked, answered, review)
    other = ASKED | {"text": "When?"}
    found = after(changes, asked | {"questions": [other, ASKED]})
    assert found["questions"] == [other, ASKED | {"answers": [ANA]}]


def test_a_question_answered_and_closed_is_two_changes() -> None:
    asked = canonical(ENTRY | {"questions": [ASKED]})
    closed = asked | {"questions": [ASKED | {"answers": [ANA, BEN], "closed": True}]}
    assert [change.change for change in changes_between(1, asked, closed, review)] == [
        "question answered",
        "question answered",
        "question closed",
    ]
