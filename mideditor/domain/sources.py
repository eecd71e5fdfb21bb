"""Sources, the imported texts of a project, and the lines that its records take up in them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mideditor.domain.record import LineSpan, Place
from mideditor.files.decoding import decode

Lines = Mapping[str, Sequence[int]]
"""The first and last line of each field, from a `Place` or from its stored form."""

StoredPlace = Mapping[str, Any]
"""A `Place` in its stored form."""

RecordStart = tuple[str, int]
"""The id of the source that a record begins in, and the first of its own lines there."""

_HEADING = "heading"
"""The field whose lines are not the record's own: a heading stands above several records."""


@dataclass(frozen=True)
class Source:
    """An imported text, byte for byte.

    ``id`` is the SHA-256 of the bytes in hex, as it was at import; ``name`` is the name of the
    file, without its folder; ``unplaced`` are the lines that were in no record at import and are
    no running heads or site lines.
    """

    id: str
    name: str
    encoding: str
    data: bytes = field(repr=False)
    unplaced: tuple[LineSpan, ...] = ()

    @property
    def text(self) -> str:
        """The decoded text; raises `mideditor.files.decoding.NotText`."""
        return decode(self.data).text

    @property
    def is_intact(self) -> bool:
        """Whether the bytes are still the ones that were imported."""
        return source_id(self.data) == self.id

    def document(self) -> dict[str, Any]:
        """The stored form: plain JSON values, the bytes as text if they are UTF-8."""
        kept: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "encoding": self.encoding,
            "unplaced": [list(span) for span in self.unplaced],
        }
        try:
            return kept | {"text": self.data.decode("utf-8")}
        except UnicodeDecodeError:
            return kept | {"base64": base64.b64encode(self.data).decode("ascii")}


def source_of(document: Mapping[str, Any]) -> Source:
    """The source of a stored form; raises KeyError, TypeError or ValueError for any other."""
    for name in ("id", "name", "encoding"):
        if not isinstance(document[name], str):
            raise TypeError(f"“{name}” is no text")
    return Source(
        id=document["id"],
        name=document["name"],
        encoding=document["encoding"],
        data=source_bytes(document),
        unplaced=tuple((first, last) for first, last in document.get("unplaced", ())),
    )


def source_bytes(document: Mapping[str, Any]) -> bytes:
    """The bytes of a source in its stored form; raises KeyError or ValueError."""
    if "text" in document:
        return str(document["text"]).encode("utf-8")
    return base64.b64decode(document["base64"])


def source_id(data: bytes) -> str:
    """The id of a source with these bytes: their SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


class PlacePart(NamedTuple):
    """The lines of a record in one source, by field."""

    source: str
    lines: Lines


def parts_of(place: Place | StoredPlace | None) -> Iterator[PlacePart]:
    """The parts of a place, one for each source that the record runs through, in order."""
    while place:
        if isinstance(place, Place):
            yield PlacePart(place.source, place.lines)
            place = place.next
        else:
            yield PlacePart(place["source"], place["lines"])
            place = place.get("next")


def span(lines: Lines) -> LineSpan | None:
    """The first and last of a record's own lines, so without its heading; None for none."""
    own = [lines_of for name, lines_of in lines.items() if name != _HEADING]
    if not own:
        return None
    return min(first for first, _ in own), max(last for _, last in own)


def first_line(lines: Lines) -> int:
    """The first of a record's own lines, so without its heading; 0 for none."""
    own = [lines_of[0] for name, lines_of in lines.items() if name != _HEADING]
    return min(own) if own else 0


def start_of(place: Place | StoredPlace | None) -> RecordStart:
    """Where a record begins: the first part that has lines of its own.

    The line is 0 for a place without any; without a place, the source is empty, too.
    """
    first_source = ""
    for source, lines in parts_of(place):
        first_source = first_source or source
        if line := first_line(lines):
            return source, line
    return first_source, 0
