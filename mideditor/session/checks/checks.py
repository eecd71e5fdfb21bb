"""The findings of every record, kept up to date after each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mideditor.domain.record import RecordId
from mideditor.domain.rules import Finding
from mideditor.domain.rules.context import RuleContext
from mideditor.domain.rules.record_index import RecordIndex
from mideditor.domain.rules.table import findings_of
from mideditor.domain.states import StateList
from mideditor.session.session import Changed, Session
from mideditor.session.work import READ_AT_A_TIME, Work, run_now


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding that a coder has accepted, with the reason."""

    finding: Finding
    reason: str


class Checks:
    """Findings by record, computed on request and cached until something they depend on changes.

    They depend on the record and on those that share its number or a dyad. `touched` are the
    records whose findings the last step may have changed. ``states`` is the state list to check
    against, by default the session's.

    The rules need an index of all records. It is built on first use, or in parts by `read_ahead`.
    """

    def __init__(self, session: Session, states: StateList | None = None) -> None:
        self.touched: frozenset[RecordId] = frozenset()
        self._session = session
        self._states = states or session.states
        self._known: dict[RecordId, tuple[list[Finding], list[AcceptedFinding]]] = {}
        self._index = RecordIndex(session.record, session.rank)
        self._waiting: list[RecordId] | None = None
        session.subscribe(self._forget)

    def of(self, record: RecordId) -> list[Finding]:
        """The open findings of one record; none while the index is being built."""
        return self._open_and_accepted(record)[0]

    def accepted(self, record: RecordId) -> list[AcceptedFinding]:
        """The accepted findings of one record that still apply unchanged."""
        return self._open_and_accepted(record)[1]

    def read_ahead(self) -> Work[None]:
        """Build the index of all records in parts. Until it is complete there are no findings."""
        if self._waiting is None:
            self._waiting = list(reversed(self._session.ids()))
        return self._index_waiting(self._waiting)

    def all(self) -> Iterator[tuple[RecordId, Finding]]:
        """The open findings of the whole project, in source order."""
        for record in self._session.ids():
            for finding in self.of(record):
                yield record, finding

    def context_of(self, record: RecordId) -> RuleContext:
        """The input of the rules for one record."""
        history = self._session.history
        return RuleContext(
            record=self._session.record(record),
            original=self._session.original(record),
            states=self._states,
            coding=self._session.coding(record),
            reasonless=frozenset(
                change.field
                for step, change in history.coding_of(record)
                if not history.reason_of(step, change)
            ),
            id=record,
            index=self._index,
        )

    def _open_and_accepted(self, record: RecordId) -> tuple[list[Finding], list[AcceptedFinding]]:
        if self._waiting is None:
            run_now(self.read_ahead())
        if self._waiting:
            return [], []
        if record not in self._known:
            context = self.context_of(record)
            found = findings_of(context)
            reasons = {one.key: one.reason for one in context.record.accepted}
            self._known[record] = (
                [finding for finding in found if finding.key not in reasons],
                [AcceptedFinding(one, reasons[one.key]) for one in found if one.key in reasons],
            )
        return self._known[record]

    def _index_waiting(self, waiting: list[RecordId]) -> Work[None]:
        documents = self._session.documents()
        while waiting:
            for record in reversed(waiting[-READ_AT_A_TIME:]):
                if record in documents and record not in self._index:
                    self._index.add(record, documents[record])
            del waiting[-READ_AT_A_TIME:]
            if waiting:
                yield len(documents) - len(waiting), len(documents)

    def _forget(self, changed: Changed) -> None:
        touched = set(changed.records)
        if self._waiting is not None:
            documents = self._session.documents()
            for record in changed.records:
                touched |= self._index.update(record, documents.get(record))
        for record in touched:
            self._known.pop(record, None)
        self.touched = frozenset(touched)
