"""Steps: what one user action changed, who made it and why, chained by their hashes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, PositiveInt

from mideditor.domain.record import Frozen, Record, RecordId, Text

WHOLE_RECORD = "record"
"""Stands as the field of a change that adds or removes a record: old and new are its digests."""

FIRST_LINK = "0" * 64
"""What the first step names as the hash of the one before."""


class StepKind(StrEnum):
    """Why a step was made. Only a coding change is printed."""

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
        """The word on screen."""
        return "coding change" if self is StepKind.CODING else self.value


class FieldChange(Frozen):
    """One field of one record, before and after, in their stored (JSON) form."""

    record: RecordId
    field: str
    old: Any
    new: Any

    def reversed(self) -> FieldChange:
        """The change that takes this one back."""
        return FieldChange(record=self.record, field=self.field, old=self.new, new=self.old)


class Step(Frozen):
    """One user action. ``undoes`` is the number of the step that it takes back or makes again; of
    a restore, the number of the last step that it leaves standing. ``explains`` are the numbers of
    earlier steps whose reason this one gives, or which it accepts. The
    reason of a step of the kind ``word`` is a word that the project knows from then on; that of the
    kind ``skip`` names, one a line, records of a newer text that are not to be added.

    ``previous`` is the hash of the step before, so that no step can be altered, removed or moved
    without all later hashes telling.
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
        """SHA-256 of the step's content and of the link to the step before."""
        return digest(self.model_dump(mode="json", exclude={"hash"}))


def record_digest(record: Record) -> str:
    """What a change that adds or removes a record names it by.

    Of the values that are not the default, so that it stays the same where a later version of the
    program gives records a new field.
    """
    values = record.model_dump(mode="json", exclude_defaults=True, exclude={"dyad"})
    return digest(values | {"kind": record.kind})


def digest(document: Any) -> str:
    """SHA-256 of a JSON value in its canonical form (sorted keys, no spaces, UTF-8), in hex."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken_link(steps: list[Step]) -> tuple[int, str] | None:
    """Number and fault of the first step that was altered, removed or moved; None if all hold."""
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
    """The sealed step that follows ``after``."""
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
