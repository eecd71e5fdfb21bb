"""Steps: what one user action changed, who did it and why, in a hash chain."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, PositiveInt

from mideditor.domain.record import Frozen, Record, RecordId, Text

WHOLE_RECORD = "record"
"""The field name of a change that adds or removes a record; old or new is the record's digest."""

FIRST_LINK = "0" * 64
"""The previous hash of the first step."""


class StepKind(StrEnum):
    """The kind of a step. Only coding changes are printed."""

    IMPORT = "import"
    CORRECTION = "correction"
    CODING = "coding"
    REVIEW = "review"
    UNDO = "undo"
    REDO = "redo"
    RESTORE = "restore"
    REASON = "reason"
    ACCEPT = "accept"
    WORD = "word"
    SKIP = "skip"

    @property
    def label(self) -> str:
        """The name on screen."""
        return "coding change" if self is StepKind.CODING else self.value


class FieldChange(Frozen):
    """One field of one record, before and after, in their stored (JSON) form."""

    record: RecordId
    field: str
    old: Any
    new: Any

    def reversed(self) -> FieldChange:
        """The change that undoes this one."""
        return FieldChange(record=self.record, field=self.field, old=self.new, new=self.old)


class Step(Frozen):
    """One user action.

    ``undoes`` is the number of the step that this one undoes or redoes; for a restore, the number
    of the last step that stays in force. ``explains`` are the numbers of earlier steps that this
    one accepts or gives a reason for. The reason of a ``word`` step is a word added to the
    project's dictionary; that of a ``skip`` step lists, one per line, records of a newer text that
    are not to be added.

    ``previous`` is the hash of the step before. The hashes form a chain: a step cannot be altered,
    removed or moved without breaking it.
    """

    number: PositiveInt
    time: AwareDatetime
    author: Text
    kind: StepKind
    reason: Text = ""
    citation: Text = ""
    changes: tuple[FieldChange, ...]
    undoes: PositiveInt | None = None
    explains: Annotated[
        tuple[PositiveInt, ...], Field(exclude_if=lambda explains: not explains)
    ] = ()
    previous: str
    hash: str = ""

    def sealed(self) -> Step:
        """This step with its hash filled in."""
        return self.model_copy(update={"hash": self.computed_hash()})

    def computed_hash(self) -> str:
        """SHA-256 of the step's content, including the hash of the step before."""
        return digest(self.model_dump(mode="json", exclude={"hash"}))


def record_digest(record: Record) -> str:
    """The digest that stands for a record in a change that adds or removes it.

    Default values are left out, so that the digest stays the same when a later version of the
    program adds a field.
    """
    values = record.model_dump(mode="json", exclude_defaults=True, exclude={"dyad"})
    return digest(values | {"kind": record.kind})


def digest(document: Any) -> str:
    """SHA-256 of a JSON value in its canonical form (sorted keys, no spaces, UTF-8), in hex."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken_link(steps: list[Step]) -> tuple[int, str] | None:
    """Number and fault of the first step that breaks the hash chain; None if it is intact."""
    previous = FIRST_LINK
    for expected, step in enumerate(steps, start=1):
        if step.number != expected:
            return expected, f"step {expected} is missing: step {step.number} stands in its place"
        if step.previous != previous:
            return expected, f"step {expected} does not follow the step that stands before it"
        if step.hash != step.computed_hash():
            return expected, f"step {expected} was altered after it was made"
        previous = step.hash
    return None


def new_step(
    *,
    after: Step | None,
    time: datetime,
    author: str,
    kind: StepKind,
    changes: tuple[FieldChange, ...],
    reason: str = "",
    citation: str = "",
    undoes: int | None = None,
    explains: tuple[int, ...] = (),
) -> Step:
    """The sealed step that follows ``after`` (None: the first step)."""
    return Step(
        number=after.number + 1 if after else 1,
        time=time,
        author=author,
        kind=kind,
        reason=reason,
        citation=citation,
        changes=changes,
        undoes=undoes,
        explains=explains,
        previous=after.hash if after else FIRST_LINK,
    ).sealed()
