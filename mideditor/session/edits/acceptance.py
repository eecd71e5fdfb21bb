"""What coders accepted in records: findings, published differences and newer readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from mideditor.domain.record import Acceptance, RecordId
from mideditor.session.project_view import ProjectView

AcceptedValues = dict[RecordId, Mapping[str, Any]]
"""The new ``accepted`` of records, as `Session.edit` takes it."""


def with_acceptances(
    view: ProjectView, acceptances: Iterable[tuple[RecordId, Acceptance]]
) -> AcceptedValues:
    """Add acceptances to records. A new one replaces an earlier one with the same key."""
    added: defaultdict[RecordId, dict[Acceptance, None]] = defaultdict(dict)
    for record, acceptance in acceptances:
        added[record][acceptance] = None
    kept = {
        record: _without(view, record, {one.key for one in new}) for record, new in added.items()
    }
    return {record: {"accepted": (*kept[record], *new)} for record, new in added.items()}


def without_acceptances(view: ProjectView, keys: Iterable[tuple[RecordId, str]]) -> AcceptedValues:
    """Remove the acceptances with these keys from records."""
    removed: defaultdict[RecordId, set[str]] = defaultdict(set)
    for record, key in keys:
        removed[record].add(key)
    return {record: {"accepted": _without(view, record, old)} for record, old in removed.items()}


def _without(view: ProjectView, record: RecordId, keys: set[str]) -> tuple[Acceptance, ...]:
    return tuple(one for one in view.record(record).accepted if one.key not in keys)
