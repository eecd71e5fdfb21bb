"""Joins texts with consecutive pages: what reading them as one adds, changes and removes.

A text is read together with the texts before and after it, from the project and from the same
import. A record that was split at the end of a file becomes one record again, and a dyad heading
stays in effect on the next page. If a coder has edited what would change, the record is left alone,
and the text that continues it is added as if no text came before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from mideditor.domain.fields import fields_of, fields_without_lines
from mideditor.domain.record import Doubt, Place, Record, RecordId
from mideditor.domain.sources import RecordStart, span, start_of
from mideditor.domain.states import StateList
from mideditor.session.session import Session
from mideditor.session.work import Work, as_share
from mideditor.text.page_joining import Part, read_jointly
from mideditor.text.page_range import PageNumber, PageRange, follows, page_range
from mideditor.text.reader import Reading


@dataclass(frozen=True)
class ContinuedText:
    """A text that may continue another. ``alone`` is its reading, None if the project has it."""

    source: str
    text: str
    alone: Reading | None


@dataclass(frozen=True)
class JoinedTexts:
    """Texts with consecutive pages, read as one.

    ``readings`` is the joint reading by source, ``alone`` that of the new texts without the stored
    ones, both in page order.
    """

    readings: Mapping[str, Reading]
    alone: Mapping[str, Reading]

    @property
    def is_joint(self) -> bool:
        """Whether there is more than one text."""
        return len(self.readings) > 1


@dataclass
class ImportChanges:
    """The changes that an import step will make."""

    added: list[Record] = field(default_factory=list)
    values: dict[RecordId, dict[str, Any]] = field(default_factory=dict)
    removed: list[RecordId] = field(default_factory=list)


def read_runs(texts: Sequence[ContinuedText], states: StateList) -> Work[list[JoinedTexts]]:
    """Read each run of consecutive texts that contains a new one, in the order of the texts.

    Progress counts texts.
    """
    runs: list[JoinedTexts] = []
    done = 0
    for chain in _chains(texts):
        if any(text.alone is not None for text in chain):
            reading = _read(chain, states)
            runs.append((yield from as_share(reading, done, len(chain), len(texts))))
        done += len(chain)
    return runs


def import_changes(session: Session, runs: Sequence[JoinedTexts]) -> ImportChanges:
    """What the runs would change in the project as it is now."""
    sources = {source for run in runs for source in run.readings}
    stored = _stored_starts(session, sources)
    changes = ImportChanges()
    for run in runs:
        _RunJoiner(session, stored, run, changes).gather()
    return changes


def _chains(texts: Sequence[ContinuedText]) -> Iterator[list[ContinuedText]]:
    """The texts in chains of consecutive pages. A chain ends where two texts could come next."""
    ranges = {text.source: page_range(text.text) for text in texts}
    by_first: defaultdict[PageNumber, list[str]] = defaultdict(list)
    for source, pages in ranges.items():
        if pages is not None:
            by_first[pages.first].append(source)
    after = {source: _next_of(source, ranges, by_first) for source in ranges}
    before: defaultdict[str, list[str]] = defaultdict(list)
    for source, following in after.items():
        if following is not None:
            before[following].append(source)
    follower = {sources[0]: source for source, sources in before.items() if len(sources) == 1}
    continuing = set(follower.values())
    by_source = {text.source: text for text in texts}
    for text in texts:
        if text.source in continuing:
            continue
        chain = [text.source]
        while chain[-1] in follower:
            chain.append(follower[chain[-1]])
        yield [by_source[source] for source in chain]


def _next_of(
    source: str, ranges: Mapping[str, PageRange | None], by_first: Mapping[PageNumber, list[str]]
) -> str | None:
    pages = ranges[source]
    if pages is None:
        return None
    chapter, page = pages.last
    for first in ((chapter, page + 1), (chapter, page + 2)):
        found = [
            other
            for other in by_first.get(first, ())
            if (candidate := ranges[other]) is not None and follows(pages, candidate)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _read(chain: Sequence[ContinuedText], states: StateList) -> Work[JoinedTexts]:
    if len(chain) == 1 and chain[0].alone is not None:
        return JoinedTexts({chain[0].source: chain[0].alone}, {})
    joint = yield from _jointly(chain, states)
    alone: dict[str, Reading] = {}
    for is_new, stretch in groupby(chain, key=lambda text: text.alone is not None):
        texts = list(stretch)
        if not is_new or len(texts) == len(chain):
            continue
        if len(texts) == 1 and texts[0].alone is not None:
            alone[texts[0].source] = texts[0].alone
        else:
            alone |= yield from _jointly(texts, states)
    return JoinedTexts(joint, alone)


def _jointly(texts: Sequence[ContinuedText], states: StateList) -> Work[dict[str, Reading]]:
    parts = [Part(text.source, text.text) for text in texts]
    readings = yield from read_jointly(parts, states)
    return {text.source: reading for text, reading in zip(texts, readings, strict=True)}


class _RunJoiner:
    """Goes through the records of one run and collects the changes for each."""

    def __init__(
        self,
        session: Session,
        stored: Mapping[RecordStart, RecordId],
        run: JoinedTexts,
        changes: ImportChanges,
    ) -> None:
        self._session = session
        self._stored = stored
        self._run = run
        self._changes = changes
        self._is_mixed = bool(run.alone)
        self._lines: defaultdict[str, list[int]] = defaultdict(list)
        for source, line in stored:
            self._lines[source].append(line)
        self._alone = [record for reading in run.alone.values() for record in reading.records]
        self._alone_at = {start_of(record.place): record for record in self._alone if record.place}

    def gather(self) -> None:
        for reading in self._run.readings.values():
            for record in reading.records:
                self._take(record)

    def _take(self, record: Record) -> None:
        parts = record.place.parts if record.place else ()
        new = [part for part in parts if part.source in self._run.alone]
        if not self._is_mixed or len(new) == len(parts):
            self._changes.added.append(record)
        elif not new:
            self._carry_heading(record)
        else:
            self._join(record, parts)

    def _carry_heading(self, record: Record) -> None:
        """Give a stored record without a heading the one from an earlier text."""
        known = self._stored.get(start_of(record.place))
        if known is None or record.heading is None:
            return
        edited = "heading" in self._session.history.edited_fields(known)
        if not edited and self._session.original(known).heading is None:
            self._changes.values[known] = {"heading": record.heading}

    def _join(self, record: Record, parts: Sequence[Place]) -> None:
        existing = self._stored.get(start_of(record.place))
        within = self._stored_within(parts)
        others = [known for known in within if known != existing]
        if existing is not None and self._session.record(existing).kind != record.kind:
            others, existing = [existing, *others], None
        history = self._session.history
        values = {} if existing is None else self._values(existing, record)
        if any(history.edited_fields(other) for other in others) or (
            existing is not None and history.edited_fields(existing) & values.keys() - {"doubts"}
        ):
            self._leave_apart(parts)
            return
        self._changes.removed += others
        if existing is None:
            self._changes.added.append(record)
        else:
            self._changes.values[existing] = values | {"place": record.place}

    def _values(self, known: RecordId, record: Record) -> dict[str, Any]:
        """The fields of a stored record that differ in the joint reading."""
        original = self._session.original(known)
        values: dict[str, Any] = {
            name: getattr(record, name)
            for name in fields_of(record.kind).keys() - fields_without_lines()
            if getattr(record, name) != getattr(original, name)
        }
        edited = self._session.history.edited_fields(known)
        if original.heading is None and record.heading and "heading" not in edited:
            values["heading"] = record.heading
        values["doubts"] = _open_doubts(record, original, self._session.record(known))
        return values

    def _leave_apart(self, parts: Sequence[Place]) -> None:
        """Add the new part of a joint record, as read without the stored texts."""
        new = [part for part in parts if part.source in self._run.alone]
        for (source, line), record in self._alone_at.items():
            if any(part.source == source and _is_within(part, line) for part in new):
                self._changes.added.append(record)

    def _stored_within(self, parts: Sequence[Place]) -> list[RecordId]:
        return [
            self._stored[part.source, line]
            for part in parts
            for line in self._lines.get(part.source, ())
            if _is_within(part, line)
        ]


def _open_doubts(record: Record, original: Record, current: Record) -> tuple[Doubt, ...]:
    """The doubts of the joint reading, except for those that a coder has resolved."""
    settled = [doubt for doubt in original.doubts if doubt not in current.doubts]
    return tuple(doubt for doubt in record.doubts if doubt not in settled)


def _stored_starts(session: Session, sources: set[str]) -> dict[RecordStart, RecordId]:
    starts: dict[RecordStart, RecordId] = {}
    for record, document in session.documents().items():
        place = document.get("place")
        if place and place["source"] in sources:
            starts[start_of(place)] = record
    return starts


def _is_within(part: Place, line: int) -> bool:
    """Whether a line is between the first and last of the lines that a record has of its own."""
    own = span(part.lines)
    return own is not None and own[0] <= line <= own[1]
