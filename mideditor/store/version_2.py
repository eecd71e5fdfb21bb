"""Brings projects of version 2 to version 3: their log, their record ids and their originals.

The result follows from the file alone (no clock, user or chance), so that two copies of one project
migrated apart have equal common steps. Each old step becomes one new step, whose id derives from
the old step's hash, which it keeps. Old ids counted records; new ones derive from the source and
the line where a record begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from mideditor.domain.changes import (
    WHOLE_RECORD,
    Change,
    ChangeKind,
    NewRecordDismissed,
    RecordAdded,
    RecordChange,
    RecordTakenOut,
    Restored,
    SourceAdded,
    StepId,
    StepsExplained,
    StepsRedone,
    StepsReviewed,
    StepsUndone,
    WordAdded,
)
from mideditor.domain.record import RecordId, record_from_document
from mideditor.domain.record_ids import derived_id
from mideditor.domain.replay import changes_between, digest_of_document, with_value
from mideditor.domain.sources import parts_of, source_of, start_of
from mideditor.domain.steps import FIRST_LINK, StepDraft, digest
from mideditor.store.documents import Contents
from mideditor.store.originals import OriginalTable

Document = dict[str, Any]
Rows = dict[int, Document]
Key = tuple[int, int]
"""A step's number and an old record id."""

_ID_DIGITS = 32
_PREFIXES = {"newer text, ": "reading", "published|": "difference"}
"""How the key of an acceptance began that was not about a finding of the checks."""


_KEY_PARTS = " | "
_NAMING_A_RECORD = ("number once", "reference once")
"""The rules whose findings name another record in their key."""
_NAMED_RECORD = 3
"""The part of such a key that is the id of the other record."""


@dataclass
class OldTables:
    """The tables of a version 2 file, by number."""

    sources: Rows
    records: Rows
    removed: Rows
    log: Rows = field(default_factory=dict)

    def put_back(self, entry: Mapping[str, Any]) -> bool:
        """Add a step of the journal, unless the log has it.

        False if it does not follow the log, or brings what is no record.
        """
        step = entry["step"]
        known = self.log.get(step["number"])
        if known is not None and known.get("hash") == step["hash"]:
            return True
        last = self.log[len(self.log)]["hash"] if self.log else FIRST_LINK
        if step["number"] != len(self.log) + 1 or step.get("previous") != last:
            return False
        if not self._can_take(entry):
            return False
        self.log[step["number"]] = step
        for source in entry["sources"]:
            self.sources[len(self.sources) + 1] = source
        for record, document in entry["records"].items():
            if document is None:
                self.removed[record] = self.records.pop(record)
            else:
                self.removed.pop(record, None)
                self.records[record] = document
        self.removed |= entry["as_they_went"]
        return True

    def _can_take(self, entry: Mapping[str, Any]) -> bool:
        """Whether the records and sources of an entry can be read."""
        try:
            for record, document in (*entry["records"].items(), *entry["as_they_went"].items()):
                if document is not None:
                    record_from_document(document)
                elif record not in self.records:
                    return False
            return all(source_of(source).is_intact for source in entry["sources"])
        except (ValidationError, KeyError, TypeError, ValueError, AttributeError):
            return False


def broken_step(log: Mapping[int, Document]) -> tuple[int, str] | None:
    """Number and fault of the first step that breaks the old chain; None if it is intact."""
    previous = FIRST_LINK
    for expected, step in enumerate(log.values(), start=1):
        if step["number"] != expected:
            number = step["number"]
            return expected, f"step {expected} is missing: step {number} stands in its place"
        if step["previous"] != previous:
            return expected, f"step {expected} does not follow the step that stands before it"
        if step["hash"] != digest({key: step[key] for key in step if key != "hash"}):
            return expected, f"step {expected} was altered after it was made"
        previous = step["hash"]
    return None


def migrated(old: OldTables) -> Contents:
    """The tables of version 3; raises ValueError if the log and the records do not fit."""
    return _Migration(old).contents()


class _Migration:
    """One pass back through the log, for the records as they once were, and one forward."""

    def __init__(self, old: OldTables) -> None:
        self._old = old
        self._steps: Mapping[int, Document] = dict(enumerate(old.log.values(), start=1))
        self._whole: dict[Key, Document] = {}
        """The record as a step added it or took it out."""
        self._ids: dict[int, RecordId] = {}
        self._originals = OriginalTable()
        self._stacks = _Stacks()
        self._unnamed_sources = {one["id"]: one["name"] for one in old.sources.values()}

    def contents(self) -> Contents:
        self._go_back()
        self._name_records()
        previous = FIRST_LINK
        contents = Contents(originals=self._originals)
        for number, step in self._steps.items():
            made = self._draft(step).sealed(number, previous)
            contents.log[number] = made.model_dump(mode="json")
            previous = made.link
        for number, source in enumerate(self._old.sources.values(), start=1):
            contents.sources[number] = source
        for record, document in self._old.records.items():
            contents.records[self._ids[record]] = self._with_subjects(document)
        return contents

    def _go_back(self) -> None:
        documents = {**self._old.removed, **self._old.records}
        now = {record: dict(document) for record, document in documents.items()}
        for number, step in reversed(list(self._steps.items())):
            for change in reversed(step["changes"]):
                record = now.setdefault(change["record"], {"kind": "fragment"})
                if change["field"] == WHOLE_RECORD:
                    self._whole[number, change["record"]] = dict(record)
                else:
                    with_value(record, change["field"], change["old"])

    def _name_records(self) -> None:
        """Give every old id its new one: records that begin at one place, one after another, share
        it; records that are there at the same time do not."""
        present: dict[RecordId, int] = {}
        for number, step in self._steps.items():
            changes = [one for one in step["changes"] if one["field"] == WHOLE_RECORD]
            for change in sorted(changes, key=lambda one: one["new"] is not None):
                record = change["record"]
                if change["new"] is None:
                    present.pop(self._id_of(record), None)
                else:
                    if record not in self._ids:
                        self._ids[record] = self._new_id(number, record, present)
                    present[self._ids[record]] = record
        for record in [*self._old.records, *self._old.removed]:
            self._id_of(record)

    def _new_id(self, number: int, record: int, present: Mapping[RecordId, int]) -> RecordId:
        source, line = start_of(self._whole[number, record].get("place"))
        if not source:
            source, line = self._steps[number]["hash"], record
        count = 0
        while (found := derived_id(source, line, count)) in present:
            count += 1
        return found

    def _id_of(self, record: int) -> RecordId:
        """The new id of a record; one that the log never added is named by its old id."""
        if record not in self._ids:
            self._ids[record] = derived_id("version 2", record)
        return self._ids[record]

    def _draft(self, step: Document) -> StepDraft:
        kind = ChangeKind(step["kind"])
        said_in_change = kind in (
            ChangeKind.WORD,
            ChangeKind.SKIP,
            ChangeKind.REASON,
            ChangeKind.ACCEPT,
        )
        return StepDraft(
            id=_id_of_step(step),
            time=step["time"],
            author=step["author"],
            reason="" if said_in_change else step.get("reason", ""),
            citation="" if said_in_change else step.get("citation", ""),
            changes=(
                *self._notes(kind, step),
                *self._new_sources(step),
                *self._record_changes(kind, step),
            ),
            former_hash=step["hash"],
        )

    def _notes(self, kind: ChangeKind, step: Document) -> Iterator[Change]:
        reason, explained = step.get("reason", ""), self._step_ids(step.get("explains", ()))
        out, back = self._stacks.add(step["kind"], step["number"], step.get("undoes"))
        if kind is ChangeKind.REASON:
            citation = step.get("citation", "")
            yield StepsExplained(steps=explained, reason=reason, citation=citation)
        elif kind is ChangeKind.ACCEPT:
            yield StepsReviewed(steps=explained, reason=reason)
        elif kind is ChangeKind.WORD:
            yield WordAdded(word=reason)
        elif kind is ChangeKind.SKIP:
            for key in reason.splitlines():
                yield NewRecordDismissed(key=key)
        elif kind in (ChangeKind.UNDO, ChangeKind.REDO):
            reversal = StepsUndone if kind is ChangeKind.UNDO else StepsRedone
            yield reversal(steps=self._step_ids([step["undoes"]]))
            if self._kind_of(step["undoes"]) is ChangeKind.RESTORE:
                redo = kind is ChangeKind.REDO
                yield Restored(
                    to=self._restored_to(step["undoes"]) if redo else None,
                    undone=self._step_ids(n for n in out if n != step["undoes"]),
                    redone=self._step_ids(n for n in back if n != step["undoes"]),
                )
        elif kind is ChangeKind.RESTORE:
            yield Restored(
                to=self._restored_to(step["number"]),
                undone=self._step_ids(out),
                redone=self._step_ids(n for n in back if n != step["number"]),
            )

    def _new_sources(self, step: Document) -> Iterator[SourceAdded]:
        """The sources that the records of a step are the first to come from."""
        for change in step["changes"]:
            place = change["new"] if change["field"] == "place" else None
            if change["field"] == WHOLE_RECORD and change["new"] is not None:
                place = self._whole[step["number"], change["record"]].get("place")
            for source, _ in parts_of(place):
                if name := self._unnamed_sources.pop(source, None):
                    yield SourceAdded(source=source, name=name)

    def _record_changes(self, kind: ChangeKind, step: Document) -> Iterator[RecordChange]:
        by_record: dict[int, list[Document]] = {}
        for change in step["changes"]:
            by_record.setdefault(change["record"], []).append(change)
        changes = [
            self._changes_of(record, of_record, step["number"], self._field_kind(kind, step))
            for record, of_record in by_record.items()
        ]
        gone = {one[-1].record for one in changes if isinstance(one[-1], RecordTakenOut)}
        # A record that takes the place of another of the same id comes after it has gone.
        for one in sorted(changes, key=lambda found: _takes_place_of(found[0], gone)):
            yield from one

    def _changes_of(
        self, record: int, changes: Sequence[Document], number: int, kind: ChangeKind
    ) -> list[RecordChange]:
        new_id = self._ids[record]
        fields = [one for one in changes if one["field"] != WHOLE_RECORD]
        before = {one["field"]: one["old"] for one in fields}
        after = {one["field"]: one["new"] for one in fields}
        found = changes_between(
            new_id, self._with_subjects(before), self._with_subjects(after), lambda _: kind
        )
        for whole in (one for one in changes if one["field"] == WHOLE_RECORD):
            document = self._whole[number, record]
            if whole["new"] is not None:
                name = self._keep(document, whole["new"], as_found=not fields)
                return [RecordAdded(record=new_id, document=name), *found]
            for change in fields:
                with_value(document, change["field"], change["new"])
            name = self._keep(document, whole["old"], as_found=not fields)
            return [*found, RecordTakenOut(record=new_id, document=name)]
        return found

    def _keep(self, document: Document, named: str, *, as_found: bool) -> str:
        """Keep a record under the digest that the log gives it, if it was added as it is."""
        kept = self._with_subjects(document)
        changed = not as_found or kept != document
        name = digest_of_document(kept) if changed else named
        self._originals.keep(name, kept)
        return name

    def _with_subjects(self, document: Document) -> Document:
        """A record whose acceptances say what they are about, and name other records anew."""
        if not document.get("accepted"):
            return document
        return document | {"accepted": [self._accepted(one) for one in document["accepted"]]}

    def _accepted(self, acceptance: Document) -> Document:
        key = acceptance["key"]
        for prefix, about in _PREFIXES.items():
            if key.startswith(prefix):
                return acceptance | {"about": about}
        parts = key.split(_KEY_PARTS)
        if parts[0] not in _NAMING_A_RECORD or len(parts) <= _NAMED_RECORD:
            return acceptance
        named = parts[_NAMED_RECORD]
        parts[_NAMED_RECORD] = str(self._ids.get(int(named), named) if named.isdigit() else named)
        return acceptance | {"key": _KEY_PARTS.join(parts)}

    def _field_kind(self, kind: ChangeKind, step: Document) -> Any:
        while kind in (ChangeKind.UNDO, ChangeKind.REDO):
            step = self._steps[step["undoes"]]
            kind = ChangeKind(step["kind"])
        return ChangeKind.REVIEW if kind is ChangeKind.SKIP else kind

    def _restored_to(self, restore: int) -> StepId:
        return _id_of_step(self._steps[self._steps[restore]["undoes"]])

    def _kind_of(self, number: int) -> ChangeKind:
        return ChangeKind(self._steps[number]["kind"])

    def _step_ids(self, numbers: Iterable[int]) -> tuple[StepId, ...]:
        return tuple(_id_of_step(self._steps[number]) for number in numbers)


class _Stacks:
    """The undo and redo stacks as version 2 kept them, the next step last."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, int, int | None]] = []
        self._undo: list[int] = []
        self._redo: list[int] = []
        self._before_restore: dict[int, list[int]] = {}
        self._restores: dict[int, int] = {}

    def add(self, kind: str, number: int, undoes: int | None) -> tuple[list[int], list[int]]:
        """Add a step; returns the steps that this puts out of force, and back in force."""
        self._steps.append((kind, number, undoes))
        before = self._undo
        self._undo = [*before] if kind in ("undo", "redo", "restore") else before
        self._apply(kind, number, undoes)
        if self._undo is before:
            return [], []
        was, now = set(before), set(self._undo)
        return [n for n in before if n not in now], [n for n in self._undo if n not in was]

    def _apply(self, kind: str, number: int, undoes: int | None) -> None:
        if undoes is None:
            self._undo.append(number)
            self._redo.clear()
        elif kind == "restore":
            self._restores[number] = undoes
            self._restore(number)
            self._redo.clear()
        elif kind == "undo":
            _take_out(self._undo, undoes, self._before_restore.pop(undoes, None))
            self._redo.append(undoes)
        else:
            _take_out(self._redo, undoes, None)
            if undoes in self._restores:
                self._restore(undoes)
            else:
                self._undo.append(undoes)

    def _restore(self, number: int) -> None:
        then = _Stacks()
        for step in self._steps[: self._restores[number]]:
            then.add(*step)
        self._before_restore[number] = self._undo
        self._undo = [*then._undo, number]


def _take_out(stack: list[int], number: int, instead: list[int] | None) -> None:
    """Take a number out of a stack, or put ``instead`` in the place of all up to it."""
    if number not in stack:
        return
    place = len(stack) - 1 - stack[::-1].index(number)
    if instead is None:
        del stack[place]
    else:
        stack[: place + 1] = instead


def _takes_place_of(change: RecordChange, gone: Set[RecordId]) -> bool:
    return isinstance(change, RecordAdded) and change.record in gone


def _id_of_step(step: Document) -> StepId:
    return str(step["hash"])[:_ID_DIGITS]
