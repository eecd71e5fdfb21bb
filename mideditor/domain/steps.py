"""Steps: what one user action changed, who did it and why, and the chain that they form.

A step's id and content hash are the same in every copy of a project. Its number and its link are
those of one log: the link is a hash of the link before it and the content hash, so that no step of
a log can be altered, removed or moved without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import AwareDatetime, Field, PositiveInt

from mideditor.domain.changes import (
    Change,
    ChangeKind,
    Digest,
    ItemChange,
    QuestionState,
    RecordChange,
    Restored,
    Reversal,
    StepId,
)
from mideditor.domain.record import Frozen, Record, Text

FIRST_LINK = "0" * 64
"""The link before the first step."""


class StepDraft(Frozen):
    """What a step says, before it has its place in a log.

    ``reason`` and ``citation`` are those of all its changes, but for changes with their own.
    ``former_hash`` is the hash that a step from a log of project version 1 or 2 had there.
    """

    id: StepId
    time: AwareDatetime
    author: Text
    reason: Text = Field(default="", exclude_if=lambda reason: not reason)
    citation: Text = Field(default="", exclude_if=lambda citation: not citation)
    changes: tuple[Change, ...]
    former_hash: str = Field(default="", exclude_if=lambda former: not former)

    def content_hash(self) -> Digest:
        """SHA-256 of what the step says: of all the above."""
        return digest(self.model_dump(mode="json", include=_CONTENT))

    def sealed(self, number: int = 1, previous: Digest = FIRST_LINK) -> Step:
        """The step of this number in a log; ``previous`` is the link of the step before it."""
        content = self.content_hash()
        return Step.model_construct(
            **{name: getattr(self, name) for name in _CONTENT},
            number=number,
            content=content,
            link=link_of(previous, content),
        )

    @property
    def record_changes(self) -> tuple[RecordChange, ...]:
        """The changes of records."""
        return tuple(one for one in self.changes if isinstance(one, RecordChange))

    @property
    def reversal(self) -> Reversal | None:
        """What the step put in or out of force, its first change in an undo, redo or restore."""
        first = self.changes[0] if self.changes else None
        return first if isinstance(first, Reversal) else None

    @property
    def kind(self) -> ChangeKind:
        """The kind of its reversal, else of its first change of a value, else of its first change.

        An import may have no changes.
        """
        told = self.reversal or next(filter(_is_of_its_own, self.changes), None)
        told = told or next(iter(self.changes), None)
        return told.kind if told else ChangeKind.IMPORT

    def kind_of(self, change: Change) -> ChangeKind:
        """The kind of one of its changes.

        In an undo, redo or restore that is the kind of the step; so it is for an item of a list,
        such as a doubt that an edit has settled.
        """
        if self.reversal or not _is_of_its_own(change):
            return self.kind
        return change.kind

    def reason_of(self, change: Change) -> str:
        """The reason given for one of its changes."""
        return getattr(change, "reason", "") or self.reason

    def citation_of(self, change: Change) -> str:
        """The citation given for one of its changes."""
        return getattr(change, "citation", "") or self.citation

    @property
    def reverses(self) -> StepId | None:
        """The step that this one undoes or redoes, or to which it goes back."""
        reversal = self.reversal
        if isinstance(reversal, Restored):
            return reversal.to
        return reversal.steps[0] if reversal else None


_CONTENT = set(StepDraft.model_fields)


def _is_of_its_own(change: Change) -> bool:
    return not isinstance(change, ItemChange | QuestionState)


class Step(StepDraft):
    """One user action, as it stands in a log: number, content hash and link."""

    number: PositiveInt
    content: Digest
    link: Digest


def link_of(previous: Digest, content: Digest) -> Digest:
    """The link of a step with this content hash after the step with link ``previous``."""
    return hashlib.sha256(f"{previous} {content}".encode("ascii")).hexdigest()


def new_step_id() -> StepId:
    """An id that no other step has."""
    return secrets.token_hex(16)


def record_digest(record: Record) -> Digest:
    """The digest that stands for a record in a change that adds it or takes it out.

    Default values are left out, so that the digest stays the same when a later version of the
    program adds a field.
    """
    values = record.model_dump(mode="json", exclude_defaults=True, exclude={"dyad"})
    return digest(values | {"kind": record.kind})


def digest(document: Any) -> Digest:
    """SHA-256 of a JSON value in its canonical form (sorted keys, no spaces, UTF-8), in hex."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken_link(steps: Iterable[Step]) -> tuple[int, str] | None:
    """Number and fault of the first step that breaks the chain; None if it is intact."""
    return next(_broken_links(steps), None)


def _broken_links(steps: Iterable[Step]) -> Iterator[tuple[int, str]]:
    previous = FIRST_LINK
    for expected, step in enumerate(steps, start=1):
        if step.number != expected:
            yield expected, f"step {expected} is missing: step {step.number} stands in its place"
        if step.content != step.content_hash():
            yield expected, f"step {expected} was altered after it was made"
        if step.link != link_of(previous, step.content):
            yield expected, f"step {expected} does not follow the step that stands before it"
        previous = step.link
