"""The findings of every record, kept up to date as steps are made."""

from __future__ import annotations

from mideditor.domain.record import RecordId
from mideditor.domain.rules import Case, Finding, findings_of
from mideditor.session.session import Changed, Session


class Checks:
    """Findings by record, worked out when asked for and again after the record has changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[RecordId, list[Finding]] = {}
        session.subscribe(self._forget)

    def of(self, record: RecordId) -> list[Finding]:
        """The findings of one record."""
        if record not in self._known:
            self._known[record] = findings_of(self._case(record))
        return self._known[record]

    def _case(self, record: RecordId) -> Case:
        coding = self._session.history.coding_of(record)
        return Case(
            record=self._session.record(record),
            original=self._session.original(record),
            states=self._session.states,
            coding=self._session.coding(record),
            reasonless=frozenset(change.field for step, change in coding if not step.reason),
        )

    def _forget(self, changed: Changed) -> None:
        for record in changed.records:
            self._known.pop(record, None)
