"""What coders accepted in records: findings, published differences and newer readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import About, Acceptance, RecordId
from mideditor.domain.steps import Step
from mideditor.session.project_view import ProjectView
from mideditor.session.session import Session
from mideditor.session.work import Work

REOPENED = "To be looked at again"
"""The reason of a step that removes acceptances."""

RecordKey = tuple[RecordId, str]
"""A record and the key of something that it accepts or may accept."""


def accept_keys(
    session: Session, keys: Iterable[RecordKey], reason: str, about: About = "finding"
) -> Work[Step | None]:
    """Accept all of these for one reason, as one step. Works as `Session.edit_work`."""
    added = _by_record(keys)

    def values_of(record: RecordId) -> Mapping[str, Any]:
        new = [Acceptance(key=key, reason=reason, about=about) for key in added[record]]
        return with_acceptances(session, record, new)

    return session.edit_each(ChangeKind.REVIEW, added, values_of, reason=reason)


def reopen_keys(session: Session, keys: Iterable[RecordKey], reason: str) -> Work[Step | None]:
    """Remove the acceptance of all of these, as one step. Works as `Session.edit_work`."""
    removed = _by_record(keys)

    def values_of(record: RecordId) -> Mapping[str, Any]:
        return {"accepted": _without(session, record, removed[record])}

    return session.edit_each(ChangeKind.REVIEW, removed, values_of, reason=reason)


def with_acceptances(
    view: ProjectView, record: RecordId, new: Iterable[Acceptance]
) -> Mapping[str, Any]:
    """The values of a record that also accepts ``new``; these replace older ones by their key."""
    added = dict.fromkeys(new)
    return {"accepted": (*_without(view, record, {one.key for one in added}), *added)}


def _without(view: ProjectView, record: RecordId, keys: Iterable[str]) -> tuple[Acceptance, ...]:
    removed = frozenset(keys)
    return tuple(one for one in view.record(record).accepted if one.key not in removed)


def _by_record(keys: Iterable[RecordKey]) -> Mapping[RecordId, Mapping[str, None]]:
    """The keys of each record, each once."""
    found: defaultdict[RecordId, dict[str, None]] = defaultdict(dict)
    for record, key in keys:
        found[record][key] = None
    return found
