"""The changes that a step can make: a tagged union, stored in the log under the key ``change``.

Every change of a record has an inverse in the same union, so that an undo is recorded in the same
words. What a step says about other steps (explained, reviewed, undone, redone, restored) or about
the project (a word, an unwanted record) has none: it holds as long as its step is in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, NonNegativeInt

from mideditor.domain.record import (
    Acceptance,
    Answer,
    Doubt,
    Evidence,
    Frozen,
    Question,
    RecordId,
    Text,
)

WHOLE_RECORD = "record"
"""Stands for the whole record where a field's name is expected."""

StepId = str
"""The identity of a step, the same in every copy of a project: 32 hexadecimal digits."""

Digest = str
"""The SHA-256 of a record, in hex; see `record_digest`."""


class ChangeKind(StrEnum):
    """What a change is to the coder. Only coding changes are printed."""

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
    CODER = "coder"
    SKIP = "skip"

    @property
    def label(self) -> str:
        """The name on screen."""
        return "coding change" if self is ChangeKind.CODING else self.value


# Changes of a record. `field` names the field that a change touches.


class RecordAdded(Frozen):
    """A record came into the project; ``document`` is the digest of its stored form then."""

    change: Literal["record added"] = "record added"
    record: RecordId
    document: Digest

    field: ClassVar[str] = WHOLE_RECORD
    kind: ClassVar[ChangeKind] = ChangeKind.IMPORT

    def inverse(self) -> RecordTakenOut:
        """Taking the record out as it was added."""
        return RecordTakenOut(record=self.record, document=self.document)


class RecordTakenOut(Frozen):
    """A record left the project; ``document`` is the digest of its stored form then."""

    change: Literal["record taken out"] = "record taken out"
    record: RecordId
    document: Digest

    field: ClassVar[str] = WHOLE_RECORD
    kind: ClassVar[ChangeKind] = ChangeKind.IMPORT

    def inverse(self) -> RecordAdded:
        """Adding the record as it was taken out."""
        return RecordAdded(record=self.record, document=self.document)


_OF_FIELDS = frozenset(
    {
        ChangeKind.IMPORT,
        ChangeKind.CORRECTION,
        ChangeKind.CODING,
        ChangeKind.REVIEW,
        ChangeKind.RESTORE,
    }
)


def _must_be_of_a_field(kind: ChangeKind) -> ChangeKind:
    if kind not in _OF_FIELDS:
        raise ValueError(f"no field changes by “{kind}”")
    return kind


class FieldChanged(Frozen):
    """The value of a field, before and after, in stored (JSON) form; None if there is none.

    ``kind`` says what sort of decision it was. ``reason`` and ``citation`` are given only where
    they differ from those of the step.
    """

    change: Literal["field changed"] = "field changed"
    record: RecordId
    field: str
    kind: Annotated[ChangeKind, AfterValidator(_must_be_of_a_field)]
    old: Any
    new: Any
    reason: Text = Field(default="", exclude_if=lambda reason: not reason)
    citation: Text = Field(default="", exclude_if=lambda citation: not citation)

    def inverse(self) -> FieldChanged:
        """Setting the old value again."""
        return self.model_copy(
            update={"old": self.new, "new": self.old, "reason": "", "citation": ""}
        )


class _ItemChange(Frozen):
    """A change of one item of a list; ``at`` is its place in it, counted from 0."""

    record: RecordId
    at: NonNegativeInt

    def inverse(self) -> Self:
        """The opposite change of the same item."""
        return self.model_copy(update={"change": _OPPOSITES[vars(self)["change"]]})

    @property
    def adds(self) -> bool:
        """Whether the item is added; else it is removed."""
        return vars(self)["change"] in _ADDING


class AcceptanceChange(_ItemChange):
    """A finding, a published difference or a newer reading was accepted as it is, or reopened."""

    change: Literal[
        "finding accepted",
        "finding reopened",
        "difference accepted",
        "difference reopened",
        "reading dismissed",
        "reading reopened",
    ]
    item: Acceptance

    field: ClassVar[str] = "accepted"

    @property
    def kind(self) -> ChangeKind:
        """A reading of a newer text is skipped; everything else is reviewed."""
        return ChangeKind.SKIP if self.change.startswith("reading") else ChangeKind.REVIEW


class EvidenceChange(_ItemChange):
    """Words were marked as evidence, or a mark was dropped."""

    change: Literal["evidence marked", "evidence dropped"]
    item: Evidence

    field: ClassVar[str] = "evidence"
    kind: ClassVar[ChangeKind] = ChangeKind.REVIEW


class DoubtChange(_ItemChange):
    """A doubtful reading was decided, or is open again."""

    change: Literal["doubt decided", "doubt reopened"]
    item: Doubt

    field: ClassVar[str] = "doubts"
    kind: ClassVar[ChangeKind] = ChangeKind.REVIEW


class QuestionChange(_ItemChange):
    """A question was asked or withdrawn."""

    change: Literal["question asked", "question withdrawn"]
    item: Question

    field: ClassVar[str] = "questions"
    kind: ClassVar[ChangeKind] = ChangeKind.REVIEW


class AnswerChange(_ItemChange):
    """A question was answered, or an answer withdrawn; ``question`` is the question's key."""

    change: Literal["question answered", "answer withdrawn"]
    question: str
    item: Answer

    field: ClassVar[str] = "questions"
    kind: ClassVar[ChangeKind] = ChangeKind.REVIEW


class QuestionState(Frozen):
    """A question was closed or reopened; ``question`` is the question's key."""

    change: Literal["question closed", "question reopened"]
    record: RecordId
    question: str

    field: ClassVar[str] = "questions"
    kind: ClassVar[ChangeKind] = ChangeKind.REVIEW

    def inverse(self) -> QuestionState:
        """The opposite change of the same question."""
        return self.model_copy(update={"change": _OPPOSITES[self.change]})


_OPPOSITES: Mapping[str, str] = {
    one: other
    for pair in (
        ("finding accepted", "finding reopened"),
        ("difference accepted", "difference reopened"),
        ("reading dismissed", "reading reopened"),
        ("evidence marked", "evidence dropped"),
        ("doubt decided", "doubt reopened"),
        ("question asked", "question withdrawn"),
        ("question answered", "answer withdrawn"),
        ("question closed", "question reopened"),
    )
    for one, other in (pair, pair[::-1])
}

_ADDING = frozenset(
    {
        "finding accepted",
        "difference accepted",
        "reading dismissed",
        "evidence marked",
        "doubt reopened",
        "question asked",
        "question answered",
    }
)

# What a step says about the project or about other steps.


class SourceAdded(Frozen):
    """A text was imported; ``source`` is its id, the SHA-256 of its bytes."""

    change: Literal["source added"] = "source added"
    source: Digest
    name: Text

    kind: ClassVar[ChangeKind] = ChangeKind.IMPORT


class CoderNamed(Frozen):
    """Steps signed with ``alias`` are by the coder ``name``."""

    change: Literal["coder named"] = "coder named"
    name: Text
    alias: Text

    kind: ClassVar[ChangeKind] = ChangeKind.CODER


class WordAdded(Frozen):
    """A word was added to the project's word list."""

    change: Literal["word added"] = "word added"
    word: Text

    kind: ClassVar[ChangeKind] = ChangeKind.WORD


class NewRecordDismissed(Frozen):
    """A record that only a newer text has is not to be added; ``key`` identifies it."""

    change: Literal["new record dismissed"] = "new record dismissed"
    key: Text

    kind: ClassVar[ChangeKind] = ChangeKind.SKIP


class _AboutSteps(Frozen):
    """Says something about earlier steps."""

    steps: tuple[StepId, ...]


class StepsExplained(_AboutSteps):
    """Earlier steps got a reason and a citation."""

    change: Literal["steps explained"] = "steps explained"
    reason: Text
    citation: Text = ""

    kind: ClassVar[ChangeKind] = ChangeKind.REASON


class StepsReviewed(_AboutSteps):
    """A reviewer accepted earlier steps."""

    change: Literal["steps reviewed"] = "steps reviewed"
    reason: Text = ""

    kind: ClassVar[ChangeKind] = ChangeKind.ACCEPT


class StepsUndone(_AboutSteps):
    """Earlier steps are no longer in force."""

    change: Literal["steps undone"] = "steps undone"

    kind: ClassVar[ChangeKind] = ChangeKind.UNDO


class StepsRedone(_AboutSteps):
    """Undone steps are in force again."""

    change: Literal["steps redone"] = "steps redone"

    kind: ClassVar[ChangeKind] = ChangeKind.REDO


class Restored(Frozen):
    """The project went back to an earlier state: what this put out of force, and back in force.

    Both are listed, so that the change means the same wherever the log goes on, and so that its
    inverse is plain. ``to`` is the last step of the earlier state; the inverse has none.
    """

    change: Literal["restored"] = "restored"
    to: StepId | None = Field(default=None, exclude_if=lambda step: step is None)
    undone: tuple[StepId, ...]
    redone: tuple[StepId, ...]

    kind: ClassVar[ChangeKind] = ChangeKind.RESTORE

    def inverse(self) -> Restored:
        """Going forward again."""
        return Restored(undone=self.redone, redone=self.undone)


ItemChange = AcceptanceChange | EvidenceChange | DoubtChange | QuestionChange | AnswerChange
RecordChange = RecordAdded | RecordTakenOut | FieldChanged | ItemChange | QuestionState
"""A change of one record. It has ``record``, ``field``, ``kind`` and ``inverse()``."""

Reversal = StepsUndone | StepsRedone | Restored
"""What puts other steps in or out of force."""

Note = SourceAdded | CoderNamed | WordAdded | NewRecordDismissed | StepsExplained | StepsReviewed

Change = Annotated[RecordChange | Reversal | Note, Field(discriminator="change")]
