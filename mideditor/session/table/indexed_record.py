"""A stored record with where to learn more of it: what columns and search keys look at."""

from __future__ import annotations

from dataclasses import dataclass

from mideditor.domain.record import RecordId
from mideditor.domain.stored_fields import StoredRecord
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Session


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """One record. ``document`` is its stored form, read once for all that is asked of it."""

    id: RecordId
    document: StoredRecord
    session: Session
    checks: Checks
