"""Compares a project with the published data set and applies published values."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from itertools import islice

from mideditor.domain.fields import FIELDS, code_lists, printed_value, text_fields, work_fields
from mideditor.domain.record import Entry, Record, RecordId
from mideditor.domain.reports.comparison import (
    Comparison,
    FieldComparison,
    Unmatched,
    Verdict,
)
from mideditor.domain.titles import record_title
from mideditor.reference.comparison import compare_fields, difference_key
from mideditor.reference.published import PublishedTables
from mideditor.session.project.exporting import ExportFilter
from mideditor.session.published.unmatched import missing_disputes, unpublished_entries
from mideditor.session.session import Changed, Session
from mideditor.session.work import CHECKED_AT_A_TIME, Work

_EVERYTHING = ExportFilter()
_NOT_MATCHED_BY = work_fields() | code_lists().keys() | set(text_fields())
"""Fields that do not affect which record is matched with which dispute."""


class PublishedComparison:
    """The comparison of a session's records with the tables, kept up to date after each step.

    Records are compared on request or in batches, and again after they change. Close it to stop
    listening to the session.
    """

    def __init__(self, session: Session, tables: PublishedTables) -> None:
        self.tables = tables
        self._session = session
        self._known: dict[RecordId, tuple[FieldComparison, ...]] = {}
        self._open: dict[RecordId, int] = {}
        self._unmatched: tuple[tuple[Unmatched, ...], tuple[Unmatched, ...], int] | None = None
        self._waiting = dict.fromkeys(session.ids())
        session.subscribe(self._forget)

    def close(self) -> None:
        """Stop listening to the session."""
        self._session.unsubscribe(self._forget)

    @property
    def waiting(self) -> int:
        """How many records are still to be compared."""
        return len(self._waiting)

    def compare_next(self, records: int) -> None:
        """Compare up to ``records`` waiting records."""
        for record in list(islice(self._waiting, records)):
            self.of(record)

    def compare_waiting(self) -> Work[None]:
        """Compare all waiting records; progress counts them."""
        done = 0
        while self._waiting:
            before = self.waiting
            self.compare_next(CHECKED_AT_A_TIME)
            done += before - self.waiting
            yield done, done + self.waiting

    def of(self, record: RecordId) -> tuple[FieldComparison, ...]:
        """The fields of one record with the published values; none if it is not published."""
        if record not in self._known:
            fields = tuple(compared_fields(self._session, self.tables, record))
            self._known[record] = fields
            self._open[record] = sum(one.is_open for one in fields)
            self._waiting.pop(record, None)
        return self._known[record]

    @property
    def open_count(self) -> int:
        """The number of differences to be reviewed in the records compared so far."""
        return sum(self._open.values())

    def fields(self) -> list[FieldComparison]:
        """The fields of all records compared so far, in source order."""
        known = self._known
        return [one for record in self._session.ids() for one in known.get(record, ())]

    def unmatched(self) -> tuple[tuple[Unmatched, ...], tuple[Unmatched, ...], int]:
        """What is on one side only: `Comparison.unpublished`, `missing` and `elsewhere`."""
        if self._unmatched is None:
            records = {record: self._session.record(record) for record in self._session.ids()}
            unpublished = tuple(unpublished_entries(records, self.tables))
            absent = missing_disputes(self._session, self.tables, records.values(), _EVERYTHING)
            self._unmatched = (unpublished, *absent)
        return self._unmatched

    def whole(self, selection: ExportFilter = _EVERYTHING) -> Work[Comparison]:
        """The comparison of all selected records, and what is on one side only.

        Progress counts records.
        """
        selected: dict[RecordId, Record] = {}
        fields: list[FieldComparison] = []
        ids = self._session.ids()
        for done, record_id in enumerate(ids):
            if done % CHECKED_AT_A_TIME == 0:
                yield done, len(ids)
            record = self._session.record(record_id)
            if selection.matches(record):
                selected[record_id] = record
                fields += self.of(record_id)
        yield len(ids), len(ids)
        missing, elsewhere = missing_disputes(
            self._session, self.tables, selected.values(), selection
        )
        return Comparison(
            citation=self.tables.citation,
            entries=sum(isinstance(record, Entry) for record in selected.values()),
            fields=tuple(fields),
            unpublished=tuple(unpublished_entries(selected, self.tables)),
            missing=missing,
            elsewhere=elsewhere,
            notices=self.tables.notices,
        )

    def _forget(self, changed: Changed) -> None:
        if changed.membership or any(
            change.field not in _NOT_MATCHED_BY for change in changed.step.record_changes
        ):
            self._unmatched = None
        documents = self._session.documents()
        for record in changed.records:
            self._known.pop(record, None)
            self._open.pop(record, None)
            self._waiting.pop(record, None)
            if record in documents:
                self._waiting[record] = None


def compare(
    session: Session, tables: PublishedTables, selection: ExportFilter = _EVERYTHING
) -> Work[Comparison]:
    """Compare the selected records once; see `PublishedComparison`. Progress counts records."""
    with closing(PublishedComparison(session, tables)) as comparing:
        return (yield from comparing.whole(selection))


def compared_fields(
    session: Session, tables: PublishedTables, record_id: RecordId
) -> Iterable[FieldComparison]:
    """The fields of one record with the published values, matched by its dispute number."""
    record, original = session.record(record_id), session.original(record_id)
    number = getattr(record, "dispute_number", None)
    if not isinstance(record, Entry) or not isinstance(original, Entry):
        return
    if not isinstance(number, int) or number not in tables.by_number:
        return
    reasons = {one.key: one.reason for one in record.accepted}
    for compared in compare_fields(record, original, number, tables, session.states):
        row, now = FIELDS[compared.field], getattr(record, compared.field)
        key = difference_key(compared.field, now, compared.published)
        accepted = reasons.get(key, "") if compared.verdict is not Verdict.AGREE else ""
        yield FieldComparison(
            record=record_id,
            number=number,
            title=record_title(record),
            field=compared.field,
            printed=printed_value(row, getattr(original, compared.field)),
            current=printed_value(row, now),
            published=printed_value(row, compared.published),
            verdict=compared.verdict,
            key=key,
            note=_note(compared.note, accepted),
            to_apply=compared.to_apply,
            accepted=accepted,
        )


def _note(note: str, accepted: str) -> str:
    return " ".join(filter(None, (note, accepted and f"Accepted: {accepted}")))
