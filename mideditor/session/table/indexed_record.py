"""A stored record with its session and checks: the input of sort keys and search keys."""

from __future__ import annotations

from dataclasses import dataclass

from mideditor.domain.record import RecordId
from mideditor.domain.stored_fields import StoredRecord
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """One record. ``document`` is its stored form, decoded once for all keys."""

    id: RecordId
    document: StoredRecord
    session: Session
    checks: Checks
