"""Maps the lines of a source text to records and fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mideditor.domain.record import LineSpan, RecordId
from mideditor.domain.sources import Source, parts_of, span
from mideditor.session.session import Session
from mideditor.store.project import Document


@dataclass(frozen=True)
class SourceMap:
    """The lines of a source, counted from 1.

    ``spans`` are the lines of each record's fields; ``unplaced`` are lines that are in no record
    and are not running heads or site lines.
    """

    name: str
    text: str
    spans: Mapping[RecordId, Mapping[str, LineSpan]]
    unplaced: tuple[LineSpan, ...]

    def record_at(self, line: int) -> tuple[RecordId, str] | None:
        """The record and field of a line, the first if fields share it; None if in no record."""
        for record, fields in self.spans.items():
            for field, (first, last) in fields.items():
                if first <= line <= last:
                    return record, field
        return None

    def lines_of(self, record: RecordId) -> LineSpan | None:
        """The first and last line of a record, without its heading."""
        return span(self.spans.get(record, {}))


def source_map(session: Session, source: str) -> SourceMap | None:
    """The map of one source of the project; None if the project does not have it."""
    kept = next((kept for kept in session.sources if kept.id == source), None)
    if kept is None:
        return None
    spans = dict(_spans(session, source))
    return SourceMap(kept.name, kept.text, spans, tuple(_unplaced(kept, spans)))


def source_names(session: Session, record: RecordId) -> list[tuple[str, str]]:
    """The ids and names of the sources that a record is in, in order."""
    names = {kept.id: kept.name for kept in session.sources}
    place = session.record(record).place
    return [(part.source, names.get(part.source, "")) for part in (place.parts if place else ())]


def _unplaced(
    source: Source, spans: Mapping[RecordId, Mapping[str, LineSpan]]
) -> Iterator[LineSpan]:
    """The lines that were not placed at import and are in no record now."""
    placed = {
        line
        for fields in spans.values()
        for first, last in fields.values()
        for line in range(first, last + 1)
    }
    for first, last in source.unplaced:
        remaining = [line for line in range(first, last + 1) if line not in placed]
        if remaining:
            yield remaining[0], remaining[-1]


def _spans(session: Session, source: str) -> Iterator[tuple[RecordId, Mapping[str, LineSpan]]]:
    documents: Mapping[RecordId, Document] = session.documents()
    for record in session.ids():
        for part, lines in parts_of(documents[record].get("place")):
            if part == source:
                yield record, {field: (first, last) for field, (first, last) in lines.items()}
