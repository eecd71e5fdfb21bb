"""The data of the progress charts: disputes by year, and steps by coder and week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import ReviewState
from mideditor.domain.fields import code_lists
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Entry, RecordId
from mideditor.session.session import Session

OTHER = "not read"
"""The category of values that are not codes."""

_CODER_STEPS = (
    ChangeKind.CORRECTION,
    ChangeKind.CODING,
    ChangeKind.REVIEW,
    ChangeKind.REASON,
    ChangeKind.ACCEPT,
    ChangeKind.SKIP,
)


@dataclass(frozen=True)
class Years:
    """The entries by start year and category, in the order of the categories."""

    first: int
    last: int
    categories: tuple[str, ...]
    entries: Mapping[int, Mapping[str, Sequence[RecordId]]]

    def count(self, year: int) -> int:
        """The number of entries that start in a year."""
        return sum(map(len, self.entries.get(year, {}).values()))

    def highest(self) -> int:
        """The largest number of entries in a year."""
        return max((self.count(year) for year in self.entries), default=0)

    def totals(self) -> dict[str, int]:
        """The number of entries in each category."""
        totals = Counter[str]()
        for by_category in self.entries.values():
            totals.update({name: len(records) for name, records in by_category.items()})
        return {name: totals[name] for name in self.categories if totals[name]}


def entries_by_year(session: Session, records: Iterable[RecordId], field: str) -> Years:
    """The entries among ``records`` by start year, coloured by a coded field."""
    found: defaultdict[int, defaultdict[str, list[RecordId]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for record in records:
        entry = session.record(record)
        if isinstance(entry, Entry) and isinstance(entry.start_date, PartialDate):
            value = getattr(entry, field)
            category = str(value) if isinstance(value, StrEnum) else OTHER
            found[entry.start_date.year][category].append(record)
    years = sorted(found) or [0]
    return Years(years[0], years[-1], (*code_lists()[field], OTHER), found)


@dataclass(frozen=True)
class Weeks:
    """The number of steps of each coder in each week; a week is named by its Monday."""

    mondays: tuple[date, ...]
    coders: tuple[str, ...]
    steps: Mapping[tuple[date, str], int]

    def highest(self) -> int:
        """The largest number of steps in a week."""
        sums = Counter[date]()
        for (monday, _), count in self.steps.items():
            sums[monday] += count
        return max(sums.values(), default=0)


def work_by_week(session: Session) -> Weeks:
    """How many steps each coder made in each week, without imports, undo and redo."""
    counts = Counter[tuple[date, str]]()
    name_of = session.history.coders.name_of
    for step in session.history.steps:
        if step.kind in _CODER_STEPS:
            day = step.time.astimezone().date()
            counts[day - timedelta(days=day.weekday()), name_of(step.author)] += 1
    days = sorted({monday for monday, _ in counts})
    weeks = _every_week(days[0], days[-1]) if days else ()
    coders = Counter[str]()
    for (_, coder), count in counts.items():
        coders[coder] += count
    return Weeks(weeks, tuple(name for name, _ in coders.most_common()), counts)


def progress(session: Session) -> dict[str, int]:
    """How many records are in each review state, in the order of the states."""
    counts = Counter(str(session.record(record).review) for record in session.ids())
    return {state.value: counts[state.value] for state in ReviewState}


def _every_week(first: date, last: date) -> tuple[date, ...]:
    count = (last - first).days // 7 + 1
    return tuple(first + timedelta(days=7 * number) for number in range(count))
