"""Compares two versions of a record and restores one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mideditor.domain.changes import WHOLE_RECORD, ChangeKind
from mideditor.domain.fields import work_fields
from mideditor.domain.record import Record, RecordId, record_from_document
from mideditor.domain.steps import Step
from mideditor.session.project.project_diff import FieldDiff, record_diffs
from mideditor.session.session import Session
from mideditor.store.project import Document

FIRST_READ = 0
"""The version before every step that changed the record."""


@dataclass(frozen=True)
class RecordVersion:
    """A record after a step, with the step's number, author, time and kind; 0 is as first read."""

    step: int
    author: str = ""
    time: datetime | None = None
    kind: str = ""

    def __str__(self) -> str:
        if self.time is None:
            return "as first read"
        return f"step {self.step} · {self.kind} · {self.author} · {self.time:%Y-%m-%d %H:%M}"


def versions_of(session: Session, record: RecordId) -> list[RecordVersion]:
    """Every version of a record, the earliest first."""
    steps = {
        step.number: step
        for step, change in session.history.life_of(record)
        if change.field != WHOLE_RECORD
    }
    return [RecordVersion(FIRST_READ), *(_version_after(step) for step in steps.values())]


def record_at(session: Session, record: RecordId, version: RecordVersion) -> Record:
    """The record as it was after a step; raises NoSuchRecord."""
    return record_from_document(_document_at(session, record, version))


def version_diffs(
    session: Session, record: RecordId, one: RecordVersion, other: RecordVersion
) -> list[FieldDiff]:
    """The fields in which two versions differ; ``here`` is ``one``, ``there`` is ``other``."""
    first, second = (_document_at(session, record, version) for version in (one, other))
    return record_diffs(record, first, second)


def restore_version(
    session: Session, record: RecordId, version: RecordVersion, reason: str
) -> Step | None:
    """Set a record to the values of a version, in one step; None if it has them.

    Coded fields change by a coding change, the others by a correction; `work_fields` stay as they
    are. Raises UnfitValue or FileError.
    """
    old, now = record_at(session, record, version), session.record(record)
    coded = {change.field for _, change in session.history.coding_of(record)}
    here = RecordVersion(len(session.history.steps))
    values = {
        one.field: getattr(old, one.field)
        for one in version_diffs(session, record, version, here)
        if one.field not in work_fields() and one.field in type(now).model_fields
    }

    def kind_of(field: str) -> ChangeKind:
        return ChangeKind.CODING if field in coded else ChangeKind.CORRECTION

    return session.edit(kind_of, {record: values}, reason=reason)


def _document_at(session: Session, record: RecordId, version: RecordVersion) -> Document:
    session.record(record)  # raises NoSuchRecord
    return session.document_after(record, version.step)


def _version_after(step: Step) -> RecordVersion:
    return RecordVersion(step.number, step.author, step.time.astimezone(), step.kind.label)
