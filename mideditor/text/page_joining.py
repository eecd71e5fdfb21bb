"""Texts whose pages follow on, read as one; the reading is parted again by text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mideditor.domain.record import LineSpan, Place, Record
from mideditor.domain.states import StateList
from mideditor.text.page_range import head_line, lacks_its_head, page_range
from mideditor.text.reader import Join, Reading, ignore, read_chapter


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts, by the id of its source."""

    source: str
    text: str


def read_jointly(
    parts: Sequence[Part], states: StateList, progress: Callable[[int, int], None] = ignore
) -> tuple[Reading, ...]:
    """Read texts as if they were one; a reading for each, with the records that begin in it.

    A record that goes on in the following text has a place that goes on there too. Lines are
    counted within each text. ``progress`` is told of lines as by `read_chapter`.
    """
    if len(parts) == 1:
        return (read_chapter(parts[0].text, parts[0].source, states, progress),)
    seam = _Seam(parts)
    return seam.parted(read_chapter(seam.text, "", states, progress))


class _Seam:
    """The texts laid end to end, and the way back from a line of the whole to its text."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._sources = [part.source for part in parts]
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._skipped: list[int] = []
        lines: list[str] = []
        for part, head in zip(parts, _lost_heads(parts), strict=True):
            own = part.text.split("\n")
            blank = next((n for n, line in enumerate(own) if line.strip()), 0)
            while len(own) > blank + 1 and not own[-1].strip():
                own.pop()  # the end of a file is no break in the text
            lines += head
            self._starts.append(len(lines) + 1)
            self._skipped.append(blank)
            lines += own[blank:]
            self._ends.append(len(lines))
        self.text = "\n".join(lines)

    def parted(self, reading: Reading) -> tuple[Reading, ...]:
        """The reading of the whole as one for each text."""
        furniture = {line for first, last in reading.furniture for line in range(first, last + 1)}
        records: list[list[Record]] = [[] for _ in self._sources]
        at: list[tuple[int, int]] = []
        for record in reading.records:
            pieces = self._pieces(record, furniture)
            part = next(iter(pieces))
            at.append((part, len(records[part])))
            records[part].append(record.replace(place=self._place(pieces)))
        joins: list[list[Join]] = [[] for _ in self._sources]
        for join in reading.joins:
            part, index = at[join.record]
            joins[part].append(replace(join, record=index))
        known, unplaced = self._by_part(reading.furniture), self._by_part(reading.unplaced)
        notices = (reading.notices, *[()] * len(self._sources))
        return tuple(
            Reading(
                tuple(records[part]),
                tuple(known[part]),
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
            for part, (first, last) in self._cut(span):
                while first < last and first in furniture:
                    first += 1
                while last > first and last in furniture:
                    last -= 1
                pieces.setdefault(part, {})[field] = self._local(part, (first, last))
        return dict(sorted(pieces.items()))

    def _place(self, pieces: Mapping[int, Mapping[str, LineSpan]]) -> Place | None:
        place: Place | None = None
        for part, lines in reversed(list(pieces.items())):
            place = Place(source=self._sources[part], lines=lines, next=place)
        return place

    def _by_part(self, spans: Iterable[LineSpan]) -> list[list[LineSpan]]:
        by_part: list[list[LineSpan]] = [[] for _ in self._sources]
        for span in spans:
            for part, piece in self._cut(span):
                by_part[part].append(self._local(part, piece))
        return by_part

    def _cut(self, span: LineSpan) -> Iterator[tuple[int, LineSpan]]:
        """The pieces of a span of the whole by text; lines that were put in are left out."""
        first, last = span
        part = max(bisect_right(self._starts, first) - 1, 0)
        while part < len(self._starts) and self._starts[part] <= last:
            piece = max(first, self._starts[part]), min(last, self._ends[part])
            if piece[0] <= piece[1]:
                yield part, piece
            part += 1

    def _local(self, part: int, span: LineSpan) -> LineSpan:
        by = self._skipped[part] - self._starts[part] + 1
        return span[0] + by, span[1] + by


def _lost_heads(parts: Sequence[Part]) -> Iterator[list[str]]:
    yield []
    for before, after in pairwise(page_range(part.text) for part in parts):
        lost = before is not None and after is not None and lacks_its_head(before, after)
        yield [head_line(before.last[0], before.last[1] + 1)] if lost and before else []
