"""The findings of the whole project, gathered a few records at a time and kept up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.titles import record_title
from mideditor.session.checks.checks import Checks
from mideditor.session.session import Changed, Session
from mideditor.session.work import CHECKED_AT_A_TIME, Work

_OpenAndAccepted = tuple[tuple[FindingRow, ...], tuple[FindingRow, ...]]


def open_rows(session: Session, checks: Checks, record: RecordId) -> Iterator[FindingRow]:
    """The open findings of a record."""
    number, title = _called(session, record)
    for finding in checks.of(record):
        yield FindingRow(record, number, title, finding)


def accepted_rows(session: Session, checks: Checks, record: RecordId) -> Iterator[FindingRow]:
    """The findings of a record that were accepted and still say the same."""
    number, title = _called(session, record)
    for one in checks.accepted(record):
        yield FindingRow(record, number, title, one.finding, one.reason)


class ProjectFindings:
    """All findings of a project. `waiting` records are still to be looked at, by `go_on`.

    After a step those wait again that it may have given other findings.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self._session = session
        self._checks = checks
        self._known: dict[RecordId, _OpenAndAccepted] = {}
        # The last of a dict is taken out at once, the first not: the records stand in turned order.
        self._waiting = dict.fromkeys(reversed(session.ids()))
        self.open_count = 0
        session.subscribe(self._follow)

    @property
    def waiting(self) -> int:
        """How many records are still to be looked at."""
        return len(self._waiting)

    @property
    def looked_at(self) -> int:
        """How many records were looked at."""
        return len(self._known)

    def go_on(self, count: int) -> None:
        """Look at the next ``count`` records that wait."""
        there = self._session.documents()
        for _ in range(min(count, len(self._waiting))):
            record, _ = self._waiting.popitem()
            if record in there:
                found = (
                    tuple(open_rows(self._session, self._checks, record)),
                    tuple(accepted_rows(self._session, self._checks, record)),
                )
                self._known[record] = found
                self.open_count += len(found[0])

    def find_all(self, at_a_time: int = CHECKED_AT_A_TIME) -> Work[None]:
        """Check all records that wait; progress counts records."""
        return self._after(self._checks.read_ahead(), at_a_time)

    def open(self) -> list[FindingRow]:
        """The open findings of the records looked at, in source order."""
        return [told for its, _ in self._in_order() for told in its]

    def accepted(self) -> list[FindingRow]:
        """The accepted findings of the records looked at, in source order."""
        return [told for _, its in self._in_order() for told in its]

    def _after(self, reading: Work[None], at_a_time: int) -> Work[None]:
        yield from reading
        while self._waiting:
            self.go_on(at_a_time)
            yield self.looked_at, len(self._session.ids())

    def _in_order(self) -> Iterable[_OpenAndAccepted]:
        return (self._known[record] for record in self._session.ids() if record in self._known)

    def _follow(self, changed: Changed) -> None:
        for record in sorted(changed.records | self._checks.touched):
            gone, _ = self._known.pop(record, ((), ()))
            self.open_count -= len(gone)
            self._waiting[record] = None


def _called(session: Session, record: RecordId) -> tuple[int | None, str]:
    now = session.record(record)
    number = getattr(now, "dispute_number", None)
    return number if isinstance(number, int) else None, record_title(now)
