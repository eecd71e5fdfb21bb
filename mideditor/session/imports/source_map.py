"""A source's text with the record and field that each of its lines belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mideditor.domain.record import LineSpan, RecordId
from mideditor.files.decoding import decode
from mideditor.session.imports.importing import source_bytes
from mideditor.session.session import Session
from mideditor.store.document_table import Document


@dataclass(frozen=True)
class SourceMap:
    """A source line by line. Lines are counted from 1.

    ``spans`` are the lines of each record's fields; ``unplaced`` are those of no record that are
    no running head or site line either.
    """

    name: str
    text: str
    spans: Mapping[RecordId, Mapping[str, LineSpan]]
    unplaced: tuple[LineSpan, ...]

    def record_at(self, line: int) -> tuple[RecordId, str] | None:
        """The record and field of a line; where fields share it, the first; None for no record."""
        for record, fields in self.spans.items():
            for field, (first, last) in fields.items():
                if first <= line <= last:
                    return record, field
        return None

    def lines_of(self, record: RecordId) -> LineSpan | None:
        """First and last line of a record, a heading that it stands under left out."""
        spans = [span for field, span in self.spans.get(record, {}).items() if field != "heading"]
        if not spans:
            return None
        return min(first for first, _ in spans), max(last for _, last in spans)


def source_map(session: Session, source: str) -> SourceMap | None:
    """The map of one source of the project; None where the project does not keep it."""
    document = next((kept for kept in session.sources if kept["id"] == source), None)
    if document is None:
        return None
    spans = dict(_spans(session, source))
    text = decode(source_bytes(document)).text
    return SourceMap(document["name"], text, spans, tuple(_unplaced(document, spans)))


def source_names(session: Session, record: RecordId) -> list[tuple[str, str]]:
    """The sources in which a record stands, one after the other, each with its name."""
    names = {kept["id"]: kept["name"] for kept in session.sources}
    place = session.record(record).place
    return [(part.source, names.get(part.source, "")) for part in (place.parts if place else ())]


def _unplaced(
    document: Document, spans: Mapping[RecordId, Mapping[str, LineSpan]]
) -> Iterator[LineSpan]:
    """The lines that were not placed and have not found their record since."""
    placed = {
        line
        for fields in spans.values()
        for first, last in fields.values()
        for line in range(first, last + 1)
    }
    for first, last in document.get("unplaced", ()):
        left = [line for line in range(first, last + 1) if line not in placed]
        if left:
            yield left[0], left[-1]


def _spans(session: Session, source: str) -> Iterator[tuple[RecordId, Mapping[str, LineSpan]]]:
    documents: Mapping[RecordId, Document] = session.documents()
    for record in session.ids():
        place = documents[record].get("place")
        while place:
            if place["source"] == source:
                yield record, {field: tuple(span) for field, span in place["lines"].items()}
            place = place.get("next")
