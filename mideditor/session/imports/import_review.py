"""The undecided differences in newer texts, to be applied or dismissed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from mideditor.domain.record import RecordId
from mideditor.domain.sources import RecordStart, start_of
from mideditor.domain.steps import Step
from mideditor.session.imports.dismissed_readings import dismiss, not_dismissed
from mideditor.session.imports.import_plan import take
from mideditor.session.imports.reextraction import (
    ReadingDifference,
    Reextraction,
    as_new,
    record_differences,
)
from mideditor.session.session import Changed, Session

Slot = tuple[str, int]
"""The source of an extraction, and the index of one of its records."""


@dataclass(frozen=True)
class Counts:
    """How the records of a text compare with those of the project.

    ``skipped`` is the number of dismissed differences.
    """

    name: str
    equal: int
    differing: int
    new: int
    skipped: int = 0


class ImportReview:
    """The open differences between a session and newer texts, in the order of the texts.

    ``listener`` is called whenever the list has changed.
    """

    def __init__(self, session: Session, listener: Callable[[], None] = lambda: None) -> None:
        self._session = session
        self._listener = listener
        self._extractions: dict[str, Reextraction] = {}
        self._found: dict[Slot, list[ReadingDifference]] = {}
        session.subscribe(self._follow)

    @property
    def extractions(self) -> Sequence[Reextraction]:
        """The newer texts under review."""
        return list(self._extractions.values())

    def offer(self, extractions: Sequence[Reextraction]) -> None:
        """Add the differences in these texts to the review."""
        for extraction in extractions:
            source = extraction.source.id
            self._extractions[source] = extraction
        self._compare_again(None)

    def open(self) -> list[ReadingDifference]:
        """The undecided differences."""
        return not_dismissed(self._session, chain.from_iterable(self._found.values()))

    def counts(self) -> list[Counts]:
        """For each text, how many of its records are equal, different and new."""
        counts: list[Counts] = []
        for source, extraction in self._extractions.items():
            of_source = (diffs for slot, diffs in self._found.items() if slot[0] == source)
            found = list(chain.from_iterable(of_source))
            differing = len({one.record for one in found if one.record is not None})
            new = sum(one.record is None for one in found)
            total = len(extraction.pairs) + len(extraction.new)
            equal = total - differing - new
            skipped = len(found) - len(not_dismissed(self._session, found))
            counts.append(Counts(extraction.name, equal, differing, new, skipped))
        return counts

    def take(self, differences: Sequence[ReadingDifference]) -> Step | None:
        """Apply differences in one step, except in edited fields; raises FileError."""
        return take(self._session, differences)

    def skip(self, differences: Sequence[ReadingDifference]) -> Step | None:
        """Dismiss differences in one step; raises FileError."""
        return dismiss(self._session, differences)

    def _follow(self, changed: Changed) -> None:
        if self._extractions:
            self._compare_again(None if changed.membership else changed.records)

    def _compare_again(self, records: frozenset[RecordId] | None) -> None:
        """Compare these records again; None compares all, and checks which new ones exist now."""
        existing = _starts(self._session) if records is None else frozenset()
        documents = self._session.documents()
        for source, extraction in self._extractions.items():
            for number, (known, reading) in enumerate(extraction.pairs):
                if records is None or known in records:
                    found = record_differences(self._session, extraction, known, reading)
                    self._found[source, number] = list(found) if known in documents else []
            for number, reading in enumerate(extraction.new, start=len(extraction.pairs)):
                if records is None:
                    exists = start_of(reading.place) in existing
                    self._found[source, number] = [] if exists else [as_new(extraction, reading)]
        self._listener()


def _starts(session: Session) -> frozenset[RecordStart]:
    places = (document.get("place") for document in session.documents().values())
    return frozenset(start_of(place) for place in places if place)
