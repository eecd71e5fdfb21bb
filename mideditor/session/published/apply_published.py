"""Applies published values to records, and accepts differences as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.record import RecordId
from mideditor.domain.reports.comparison import FieldComparison
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.edits.acceptance import REOPENED, RecordKey, accept_keys, reopen_keys
from mideditor.session.session import Session
from mideditor.session.work import Work


class StaleDifference(UserError):
    """A difference whose field has changed since it was found."""

    def __init__(self, difference: FieldComparison) -> None:
        super().__init__(
            f"{difference.title}, {difference.label}: the value was changed since the comparison. "
            "Nothing was taken over; compare again."
        )


class NotPublished(UserError):
    """A difference without a published value to apply."""

    def __init__(self, difference: FieldComparison) -> None:
        super().__init__(
            f"{difference.title}, {difference.label}: the data set has no value to take over. "
            "Leave it out of the choice."
        )


class NoReason(UserError):
    """Published values are to be applied without a reason."""

    def __init__(self) -> None:
        super().__init__("Taking values over needs its reason. Nothing was changed.")


def applicable(
    compared: Iterable[FieldComparison], name: str | None = None
) -> list[FieldComparison]:
    """The differences whose published value can be applied: neither edited nor accepted ones.

    Those of one field if it has a ``name``, else of all.
    """
    return [
        one
        for one in compared
        if one.is_open and one.to_apply and not one.edited and name in (None, one.field)
    ]


def apply_published(
    session: Session,
    differences: Sequence[FieldComparison],
    kind: ChangeKind,
    reason: str,
    citation: str,
) -> Work[Step | None]:
    """Set the fields to their published values, as one step; None if nothing would change.

    ``kind`` is that of a correction or a coding change. Progress counts records. Raises NoReason,
    NotPublished, StaleDifference, or what `Session.edit_work` raises, with nothing changed.
    """
    if not reason.strip():
        raise NoReason
    by_record: defaultdict[RecordId, list[FieldComparison]] = defaultdict(list)
    for difference in differences:
        by_record[difference.record].append(difference)
    return (
        yield from session.edit_each(
            kind,
            by_record,
            lambda record: _published_values(session, by_record[record]),
            reason=reason.strip(),
            citation=citation.strip(),
        )
    )


def accept_differences(
    session: Session, differences: Sequence[FieldComparison], reason: str
) -> Work[Step | None]:
    """Accept differences until one of their values changes, as one step.

    Progress counts records. Raises NoReason, StaleDifference, or what `Session.edit_work` raises,
    with nothing changed.
    """
    if not reason.strip():
        raise NoReason
    for difference in differences:
        _must_be_current(session, difference)
    return (yield from accept_keys(session, _keys(differences), reason.strip(), "difference"))


def reopen_differences(
    session: Session, differences: Sequence[FieldComparison]
) -> Work[Step | None]:
    """Remove the acceptance of differences, as one step. Works as `Session.edit_work`."""
    return reopen_keys(session, _keys(differences), REOPENED)


def _keys(differences: Iterable[FieldComparison]) -> Iterable[RecordKey]:
    return ((one.record, one.key) for one in differences)


def _published_values(session: Session, differences: Sequence[FieldComparison]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for difference in differences:
        if not difference.to_apply:
            raise NotPublished(difference)
        _must_be_current(session, difference)
        values |= difference.to_apply
    return values


def _must_be_current(session: Session, difference: FieldComparison) -> None:
    if _shown(session, difference) != difference.current:
        raise StaleDifference(difference)


def _shown(session: Session, difference: FieldComparison) -> str:
    record = session.record(difference.record)
    return printed_value(FIELDS[difference.field], getattr(record, difference.field))
