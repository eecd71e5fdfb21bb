"""Finds unpublished entries, and published disputes that the project does not have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Entry, Record, RecordId
from mideditor.domain.reports.comparison import Unmatched
from mideditor.domain.rules.record_index import DyadCodes
from mideditor.domain.titles import printed_dates, printed_participants
from mideditor.reference.published import SIDE_A, SIDE_B, PublishedDispute, PublishedTables
from mideditor.session.project.exporting import ExportFilter
from mideditor.session.project_view import ProjectView

DateSpan = tuple[date, date]


def unpublished_entries(
    records: Mapping[RecordId, Record], tables: PublishedTables
) -> Iterable[Unmatched]:
    """The entries without a number, or with one that is not in the tables."""
    for record_id, record in records.items():
        if not isinstance(record, Entry):
            continue
        number = record.dispute_number if isinstance(record.dispute_number, int) else None
        if number not in tables.by_number:
            summary = f"{printed_dates(record)}, {printed_participants(record)}"
            yield Unmatched(record_id, number, summary)


def missing_disputes(
    view: ProjectView, tables: PublishedTables, selected: Iterable[Record], selection: ExportFilter
) -> tuple[tuple[Unmatched, ...], int]:
    """The published disputes that the selection should cover and the project does not have.

    Also counts the other published disputes that the project does not have. A selection covers the
    dyads of its ``selected`` records within their period, or one dispute by its number.
    """
    known = {
        number
        for record in map(view.record, view.ids())
        if isinstance(record, Entry | CrossReference)
        and isinstance(number := record.dispute_number, int)
    }
    not_in_project = [one for number, one in tables.by_number.items() if number not in known]
    if selection.dispute is not None:
        not_in_project = [one for one in not_in_project if one.dispnum == selection.dispute]
        covered = not_in_project
    else:
        spans = _spans_by_dyad(selected)
        covered = [one for one in not_in_project if _is_covered(one, spans, tables)]
    missing = sorted(covered, key=lambda one: one.dispnum)
    return tuple(_missing(one, tables, view) for one in missing), len(not_in_project) - len(covered)


def _spans_by_dyad(records: Iterable[Record]) -> dict[DyadCodes, DateSpan]:
    """The dyads of the records, each with the first and last day that the chapter covers.

    The entries of a dyad are in order of date. The first and the last dyad of a chapter may be cut
    off, so they are covered from their first record to their last.
    """
    starts: defaultdict[int | None, dict[DyadCodes, list[date]]] = defaultdict(dict)
    for record in records:
        start = getattr(record, "start_date", None) or getattr(record, "started", None)
        if record.dyad and isinstance(start, PartialDate):
            days = starts[record.chapter].setdefault(record.dyad, [])
            days += [start.earliest, start.latest]
    spans: dict[DyadCodes, DateSpan] = {}
    for days_by_dyad in starts.values():
        dyads = list(days_by_dyad)
        for dyad, days in days_by_dyad.items():
            cut_off = dyad in (dyads[0], dyads[-1])
            spans[dyad] = (min(days), max(days)) if cut_off else (date.min, date.max)
    return spans


def _is_covered(
    dispute: PublishedDispute, spans: Mapping[DyadCodes, DateSpan], tables: PublishedTables
) -> bool:
    """Whether two opponents of a dispute are a covered dyad and it starts in the covered period."""
    start = dispute.start_date
    within = [spans[dyad] for dyad in _dyads(dispute, tables) if dyad in spans]
    return start is not None and any(
        first <= start.latest and start.earliest <= last for first, last in within
    )


def _dyads(dispute: PublishedDispute, tables: PublishedTables) -> set[DyadCodes]:
    return {
        (min(a, b), max(a, b))
        for a in tables.side(dispute.dispnum, SIDE_A)
        for b in tables.side(dispute.dispnum, SIDE_B)
    }


def _missing(dispute: PublishedDispute, tables: PublishedTables, view: ProjectView) -> Unmatched:
    dates = dict.fromkeys(str(day) for day in (dispute.start_date, dispute.end_date) if day)
    sides = (tables.side(dispute.dispnum, side) for side in (SIDE_A, SIDE_B))
    named = (", ".join(_state(view, *state) for state in side.items()) for side in sides)
    return Unmatched(None, dispute.dispnum, f"{' to '.join(dates)}, {' / '.join(named)}")


def _state(view: ProjectView, code: int, abbreviation: str) -> str:
    state = view.states.get(code)
    return str(state) if state else f"{code} {abbreviation}".rstrip()
