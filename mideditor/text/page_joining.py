"""Reads texts with consecutive pages as one text, and splits the result by text again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mideditor.domain.record import LineSpan, Place, Record
from mideditor.domain.states import StateList
from mideditor.text.page_range import head_is_missing, page_range, running_head
from mideditor.text.reader import Join, Reading, reading_work


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts, with the id of its source."""

    source: str
    text: str


def read_jointly(
    parts: Sequence[Part], states: StateList
) -> Generator[tuple[int, int], None, tuple[Reading, ...]]:
    """Read texts as if they were one; a reading per text, with the records that start in it.

    If a record continues in the following text, so does its place. Line numbers count within each
    text. Yields progress in lines.
    """
    if len(parts) == 1:
        return ((yield from reading_work(parts[0].text, parts[0].source, states)),)
    joined = _JoinedParts(parts)
    return joined.split_reading((yield from reading_work(joined.text, "", states)))


class _JoinedParts:
    """The texts joined end to end, with the mapping from joined lines back to each text."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._sources = [part.source for part in parts]
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._skipped: list[int] = []
        lines: list[str] = []
        for part, head in zip(parts, _missing_heads(parts), strict=True):
            own_lines = part.text.split("\n")
            blank = next((n for n, line in enumerate(own_lines) if line.strip()), 0)
            while len(own_lines) > blank + 1 and not own_lines[-1].strip():
                own_lines.pop()  # blank lines at the end of a file do not end a paragraph
            lines += head
            self._starts.append(len(lines) + 1)
            self._skipped.append(blank)
            lines += own_lines[blank:]
            self._ends.append(len(lines))
        self.text = "\n".join(lines)

    def split_reading(self, reading: Reading) -> tuple[Reading, ...]:
        """Split the reading of the joined text into one for each text."""
        furniture = {line for first, last in reading.furniture for line in range(first, last + 1)}
        records: list[list[Record]] = [[] for _ in self._sources]
        positions: list[tuple[int, int]] = []
        for record in reading.records:
            pieces = self._pieces(record, furniture)
            part = next(iter(pieces))
            positions.append((part, len(records[part])))
            records[part].append(record.replace(place=self._place(pieces)))
        joins: list[list[Join]] = [[] for _ in self._sources]
        for join in reading.joins:
            part, index = positions[join.record]
            joins[part].append(replace(join, record=index))
        furniture_by_part, unplaced = (
            self._by_part(reading.furniture),
            self._by_part(reading.unplaced),
        )
        notices = (reading.notices, *[()] * len(self._sources))
        return tuple(
            Reading(
                tuple(records[part]),
                tuple(furniture_by_part[part]),
                tuple(unplaced[part]),
                tuple(joins[part]),
                notices[part],
            )
            for part in range(len(self._sources))
        )

    def _pieces(self, record: Record, furniture: set[int]) -> dict[int, dict[str, LineSpan]]:
        pieces: dict[int, dict[str, LineSpan]] = {}
        lines = record.place.lines if record.place else {}
        for field, span in lines.items():
            for part, (first, last) in self._split_span(span):
                while first < last and first in furniture:
                    first += 1
                while last > first and last in furniture:
                    last -= 1
                pieces.setdefault(part, {})[field] = self._local_span(part, (first, last))
        return dict(sorted(pieces.items()))

    def _place(self, pieces: Mapping[int, Mapping[str, LineSpan]]) -> Place | None:
        place: Place | None = None
        for part, lines in reversed(list(pieces.items())):
            place = Place(source=self._sources[part], lines=lines, next=place)
        return place

    def _by_part(self, spans: Iterable[LineSpan]) -> list[list[LineSpan]]:
        by_part: list[list[LineSpan]] = [[] for _ in self._sources]
        for span in spans:
            for part, piece in self._split_span(span):
                by_part[part].append(self._local_span(part, piece))
        return by_part

    def _split_span(self, span: LineSpan) -> Iterator[tuple[int, LineSpan]]:
        """Split a span of the joined text by text, without the inserted page heads."""
        first, last = span
        part = max(bisect_right(self._starts, first) - 1, 0)
        while part < len(self._starts) and self._starts[part] <= last:
            piece = max(first, self._starts[part]), min(last, self._ends[part])
            if piece[0] <= piece[1]:
                yield part, piece
            part += 1

    def _local_span(self, part: int, span: LineSpan) -> LineSpan:
        shift = self._skipped[part] - self._starts[part] + 1
        return span[0] + shift, span[1] + shift


def _missing_heads(parts: Sequence[Part]) -> Iterator[list[str]]:
    yield []
    for before, after in pairwise(page_range(part.text) for part in parts):
        is_missing = before is not None and after is not None and head_is_missing(before, after)
        yield [running_head(before.last[0], before.last[1] + 1)] if is_missing and before else []
