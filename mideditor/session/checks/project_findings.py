"""The findings of the whole project, collected in batches and kept up to date."""

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
    number, title = _number_and_title(session, record)
    for finding in checks.of(record):
        yield FindingRow(record, number, title, finding)


def accepted_rows(session: Session, checks: Checks, record: RecordId) -> Iterator[FindingRow]:
    """The accepted findings of a record that still apply unchanged."""
    number, title = _number_and_title(session, record)
    for one in checks.accepted(record):
        yield FindingRow(record, number, title, one.finding, one.reason)


class ProjectFindings:
    """All findings of a project. `waiting` records are still to be checked, by `check_next`.

    After a step, the records whose findings it may have changed wait again.
    """

    def __init__(self, session: Session, checks: Checks) -> None:
        self._session = session
        self._checks = checks
        self._known: dict[RecordId, _OpenAndAccepted] = {}
        # Reversed, because a dict removes its last item in constant time, but not its first.
        self._waiting = dict.fromkeys(reversed(session.ids()))
        self.open_count = 0
        session.subscribe(self._follow)

    @property
    def waiting(self) -> int:
        """How many records are still to be checked."""
        return len(self._waiting)

    @property
    def checked_count(self) -> int:
        """How many records have been checked."""
        return len(self._known)

    def check_next(self, count: int) -> None:
        """Check the next ``count`` waiting records."""
        documents = self._session.documents()
        for _ in range(min(count, len(self._waiting))):
            record, _ = self._waiting.popitem()
            if record in documents:
                found = (
                    tuple(open_rows(self._session, self._checks, record)),
                    tuple(accepted_rows(self._session, self._checks, record)),
                )
                self._known[record] = found
                self.open_count += len(found[0])

    def find_all(self, at_a_time: int = CHECKED_AT_A_TIME) -> Work[None]:
        """Check all waiting records; progress counts records."""
        return self._check_all_after(self._checks.read_ahead(), at_a_time)

    def open(self) -> list[FindingRow]:
        """The open findings of the checked records, in source order."""
        return [row for rows, _ in self._in_order() for row in rows]

    def accepted(self) -> list[FindingRow]:
        """The accepted findings of the checked records, in source order."""
        return [row for _, rows in self._in_order() for row in rows]

    def _check_all_after(self, reading: Work[None], at_a_time: int) -> Work[None]:
        yield from reading
        while self._waiting:
            self.check_next(at_a_time)
            yield self.checked_count, len(self._session.ids())

    def _in_order(self) -> Iterable[_OpenAndAccepted]:
        return (self._known[record] for record in self._session.ids() if record in self._known)

    def _follow(self, changed: Changed) -> None:
        for record in changed.records | self._checks.touched:
            dropped, _ = self._known.pop(record, ((), ()))
            self.open_count -= len(dropped)
            self._waiting[record] = None


def _number_and_title(session: Session, record: RecordId) -> tuple[int | None, str]:
    now = session.record(record)
    number = getattr(now, "dispute_number", None)
    return number if isinstance(number, int) else None, record_title(now)
