"""What changes do to records in stored form, and the changes between two stored records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from mideditor.domain.changes import (
    AcceptanceChange,
    AnswerChange,
    ChangeKind,
    Digest,
    DoubtChange,
    EvidenceChange,
    FieldChanged,
    ItemChange,
    QuestionChange,
    QuestionState,
    RecordAdded,
    RecordChange,
    RecordTakenOut,
)
from mideditor.domain.record import (
    BaseRecord,
    Dyad,
    Entry,
    RecordId,
    document_of,
    record_from_document,
)
from mideditor.domain.steps import digest, record_digest

Document = dict[str, Any]

KindOf = Callable[[str], ChangeKind]
"""The kind of a change of a field, by its name."""

_KEY_DIGITS = 16


class NotAsLogged(ValueError):
    """A record is not as a change found it, so that the change cannot be made.

    ``field`` is the field that differs, `WHOLE_RECORD` for a record that is missing or too many.
    """

    def __init__(self, change: RecordChange) -> None:
        super().__init__(f"record {change.record}, {change.field}: not as the change found it")
        self.record, self.field = change.record, change.field


def apply(
    change: RecordChange, document: Document | None, added: Callable[[Digest], Document | None]
) -> Document | None:
    """The record after a change; None if it is not in the project then.

    ``added`` gives the stored form of records by their digest. The document may be changed in
    place. Raises NotAsLogged.
    """
    if isinstance(change, RecordAdded):
        new = added(change.document)
        if document is not None or new is None:
            raise NotAsLogged(change)
        return dict(new)
    if document is None:
        raise NotAsLogged(change)
    if isinstance(change, RecordTakenOut):
        if digest_of_document(document) != change.document:
            raise NotAsLogged(change)
        return None
    if isinstance(change, FieldChanged):
        if document.get(change.field) != change.old:
            raise NotAsLogged(change)
        return with_value(document, change.field, change.new)
    return with_value(document, change.field, changed_items(change, document.get(change.field)))


def digest_of_document(document: Mapping[str, Any]) -> Digest:
    """The digest of a record in stored form."""
    return record_digest(record_from_document(document))


def canonical(document: Mapping[str, Any]) -> Document:
    """A stored record in the order and form in which it is stored; raises ValidationError."""
    return document_of(record_from_document(document))


def question_key(question: Mapping[str, Any]) -> str:
    """What identifies a stored question: its field, text, author and time."""
    said = [question[name] for name in ("field", "text", "author", "time")]
    return digest(said)[:_KEY_DIGITS]


def changed_items(change: ItemChange | QuestionState, stored: Any) -> list[Any]:
    """The stored list of a field after a change of one item; raises NotAsLogged."""
    items = list(stored or ())
    if isinstance(change, AnswerChange | QuestionState):
        places = [n for n, item in enumerate(items) if question_key(item) == change.question]
        if not places:
            raise NotAsLogged(change)
        items[places[0]] = _changed_question(change, items[places[0]])
        return items
    return _with_item(change, items)


def _changed_question(change: AnswerChange | QuestionState, question: Document) -> Document:
    if isinstance(change, AnswerChange):
        return question | {"answers": _with_item(change, question["answers"])}
    closed = change.change == "question closed"
    if question["closed"] == closed:
        raise NotAsLogged(change)
    return question | {"closed": closed}


def _with_item(change: ItemChange, items: Sequence[Any]) -> list[Any]:
    item = change.item.model_dump(mode="json")
    found = list(items)
    if change.adds:
        found.insert(change.at, item)
    elif found[change.at : change.at + 1] == [item]:
        del found[change.at]
    elif item in found:
        found.remove(item)
    else:
        raise NotAsLogged(change)
    return found


def with_value(document: Document, field: str, value: Any) -> Document:
    """Set a field of a stored record, in place; a field that is empty may not be stored at all."""
    if field in _stored_only_where_set() and not value:
        document.pop(field, None)
    else:
        document[field] = value
    if field == "heading":
        dyad = Dyad.model_validate(value).codes if value else None
        document["dyad"] = dyad and list(dyad)
    return document


@cache
def _stored_only_where_set() -> frozenset[str]:
    """The fields of records that are not stored where they are empty."""
    return frozenset(
        name
        for model in (BaseRecord, Entry)
        for name, field in model.model_fields.items()
        if field.exclude_if is not None
    )


def changes_between(
    record: RecordId, before: Mapping[str, Any], after: Mapping[str, Any], kind_of: KindOf
) -> list[RecordChange]:
    """The changes that lead from one stored form of a record to another.

    ``kind_of`` gives the kind by the field's name. A list of the work on a record (accepted
    findings, evidence, doubts, questions) changes by its items; every other field as a whole, and
    so do the doubts that an import reads.
    """
    changes: list[RecordChange] = []
    for field in {**before, **after}:
        old, new = before.get(field), after.get(field)
        if field == "dyad" or old == new:
            continue
        kind = kind_of(field)
        if field in _ITEMS and kind is not ChangeKind.IMPORT:
            changes += _ITEMS[field](record, old or [], new or [])
        else:
            changes.append(FieldChanged(record=record, field=field, kind=kind, old=old, new=new))
    return changes


def _item_changes(
    old: Sequence[Any], new: Sequence[Any], change: Callable[[bool, int, Any], RecordChange]
) -> Iterator[RecordChange]:
    """Remove the items that are gone, from the last, then insert the new ones, from the first."""
    kept = _common(old, new)
    left = list(old)
    for at in reversed(range(len(old))):
        if at not in kept:
            yield change(False, at, left.pop(at))
    for at, item in enumerate(new):
        if left[at : at + 1] != [item]:
            left.insert(at, item)
            yield change(True, at, item)


def _common(old: Sequence[Any], new: Sequence[Any]) -> frozenset[int]:
    """The places in ``old`` of items that ``new`` has in the same order."""
    kept: set[int] = set()
    begin = 0
    for at, item in enumerate(old):
        for place in range(begin, len(new)):
            if new[place] == item:
                kept.add(at)
                begin = place + 1
                break
    return frozenset(kept)


_ACCEPTED = {
    "finding": ("finding accepted", "finding reopened"),
    "difference": ("difference accepted", "difference reopened"),
    "reading": ("reading dismissed", "reading reopened"),
}


def _acceptances(record: RecordId, old: Sequence[Any], new: Sequence[Any]) -> list[RecordChange]:
    def change(adds: bool, at: int, item: Any) -> RecordChange:
        tags = _ACCEPTED[item.get("about", "finding")]
        return _validated(AcceptanceChange, change=tags[not adds], record=record, at=at, item=item)

    return list(_item_changes(old, new, change))


def _evidence(record: RecordId, old: Sequence[Any], new: Sequence[Any]) -> list[RecordChange]:
    def change(adds: bool, at: int, item: Any) -> RecordChange:
        tag = "evidence marked" if adds else "evidence dropped"
        return _validated(EvidenceChange, change=tag, record=record, at=at, item=item)

    return list(_item_changes(old, new, change))


def _doubts(record: RecordId, old: Sequence[Any], new: Sequence[Any]) -> list[RecordChange]:
    def change(adds: bool, at: int, item: Any) -> RecordChange:
        tag = "doubt reopened" if adds else "doubt decided"
        return _validated(DoubtChange, change=tag, record=record, at=at, item=item)

    return list(_item_changes(old, new, change))


def _questions(record: RecordId, old: Sequence[Any], new: Sequence[Any]) -> list[RecordChange]:
    def change(adds: bool, at: int, item: Any) -> RecordChange:
        tag = "question asked" if adds else "question withdrawn"
        return _validated(QuestionChange, change=tag, record=record, at=at, item=item)

    later = {question_key(question): question for question in new}
    changes: list[RecordChange] = []
    answered: list[Any] = []
    for question in old:
        then = later.get(question_key(question), question)
        changes += _question_changes(record, question, then)
        answered.append(then)
    return changes + list(_item_changes(answered, new, change))


def _question_changes(record: RecordId, old: Document, new: Document) -> Iterator[RecordChange]:
    key = question_key(old)

    def change(adds: bool, at: int, item: Any) -> RecordChange:
        tag = "question answered" if adds else "answer withdrawn"
        return _validated(AnswerChange, change=tag, record=record, question=key, at=at, item=item)

    yield from _item_changes(old["answers"], new["answers"], change)
    if old["closed"] != new["closed"]:
        tag = "question closed" if new["closed"] else "question reopened"
        yield _validated(QuestionState, change=tag, record=record, question=key)


def _validated(model: type[Any], **values: Any) -> RecordChange:
    change: RecordChange = model.model_validate(values)
    return change


_Differ = Callable[[RecordId, Sequence[Any], Sequence[Any]], Iterable[RecordChange]]
_ITEMS: Mapping[str, _Differ] = {
    "accepted": _acceptances,
    "evidence": _evidence,
    "doubts": _doubts,
    "questions": _questions,
}
"""How the lists of the work on a record change, item by item."""
