"""Finds words in the texts of records and replaces them in one step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from mideditor.domain.changes import ChangeKind
from mideditor.domain.coding_sentences import parse_sentence
from mideditor.domain.fields import FIELDS, Editor, text_fields
from mideditor.domain.kinds import KINDS
from mideditor.domain.record import Paragraphs, RecordId
from mideditor.domain.steps import Step
from mideditor.session.session import Changed, Session
from mideditor.session.work import Work

MOST_HITS = 20_000
"""More hits than anybody reviews; a single letter has hundreds of thousands."""

_CONTEXT = 40
_ALIKE = {"'": "['‘’]", '"': '["“”]', " ": "[ \u00a0]"}
"""Characters typed on a keyboard, and patterns for the printed characters that they match."""


@dataclass(frozen=True)
class FindQuery:
    """The words to find and how: the fields, and whether to match case and whole words.

    The words are plain text. Straight quotation marks also match curly ones.
    """

    words: str
    match_case: bool = False
    whole_words: bool = False
    fields: tuple[str, ...] = text_fields()[:1]

    def pattern(self) -> re.Pattern[str]:
        """The pattern for the words, which must not be empty."""
        exact = "".join(_ALIKE.get(character, re.escape(character)) for character in self.words)
        if self.whole_words:
            exact = rf"(?<!\w){exact}(?!\w)"
        return re.compile(exact, 0 if self.match_case else re.IGNORECASE)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The spans of the words in a text, end not included."""
        return [match.span() for match in self.pattern().finditer(text)] if self.words else []


class Hit(NamedTuple):
    """A place where the words were found, in one piece (paragraph or sentence) of a field.

    ``start`` and ``end`` are character offsets in the piece, ``end`` not included. ``at`` is the
    offset in the whole field, whose pieces are separated by one character.
    """

    record: RecordId
    title: str
    field: str
    piece: int
    text: str
    start: int
    end: int
    at: int

    @property
    def words(self) -> str:
        """The words as found."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """Some text before the words."""
        return self.text[max(0, self.start - _CONTEXT) : self.start]

    @property
    def after(self) -> str:
        """Some text after the words."""
        return self.text[self.end : self.end + _CONTEXT]


class TextSearch:
    """Finds words in the texts of a session; caches the texts until they change."""

    def __init__(self, session: Session) -> None:
        self._documents = session.documents()
        self._texts: dict[RecordId, _Texts] = {}
        session.subscribe(self._forget)

    def hits(
        self, query: FindQuery, records: Iterable[RecordId], most: int = MOST_HITS
    ) -> list[Hit]:
        """The first ``most`` hits in these records, in their order."""
        return list(islice(self._all(query, records), most)) if query.words else []

    def _all(self, query: FindQuery, records: Iterable[RecordId]) -> Iterator[Hit]:
        find = query.pattern().finditer
        for record in records:
            texts = self._of(record)
            for field in query.fields:
                offset = 0
                for number, piece in enumerate(texts.pieces[field]):
                    for match in find(piece):
                        start, end = match.span()
                        place = start, end, offset + start
                        yield Hit(record, texts.title, field, number, piece, *place)
                    offset += len(piece) + 1

    def _of(self, record: RecordId) -> _Texts:
        if record not in self._texts:
            document = self._documents[record]
            pieces = {field: tuple(_stored_pieces(document, field)) for field in text_fields()}
            self._texts[record] = _Texts(_title(document), pieces)
        return self._texts[record]

    def _forget(self, changed: Changed) -> None:
        for record in changed.records:
            self._texts.pop(record, None)


class _Texts(NamedTuple):
    title: str
    pieces: Mapping[str, tuple[str, ...]]


def replaced(
    session: Session, hits: Sequence[Hit], replacement: str
) -> dict[RecordId, dict[str, Any]]:
    """The new values of the fields after replacing these hits with ``replacement``.

    Hits whose text has changed since they were found are skipped.
    """
    by_field: dict[tuple[RecordId, str], list[Hit]] = {}
    for hit in hits:
        by_field.setdefault((hit.record, hit.field), []).append(hit)
    values: dict[RecordId, dict[str, Any]] = {}
    for (record, field), of_field in by_field.items():
        pieces = list(_stored_pieces(session.documents()[record], field))
        for hit in sorted(of_field, key=lambda one: (one.piece, one.start), reverse=True):
            piece = pieces[hit.piece] if hit.piece < len(pieces) else ""
            if piece[hit.start : hit.end] == hit.words:
                pieces[hit.piece] = piece[: hit.start] + replacement + piece[hit.end :]
        values.setdefault(record, {})[field] = _VALUES[FIELDS[field].editor](pieces)
    return values


def replace_words(
    session: Session, hits: Sequence[Hit], replacement: str, *, reason: str, citation: str = ""
) -> Work[Step | None]:
    """Replace these hits in one correction; see `Session.edit_work`."""
    values = replaced(session, hits, replacement)
    return session.edit_work(ChangeKind.CORRECTION, values, reason=reason, citation=citation)


def _stored_pieces(document: Mapping[str, Any], field: str) -> Iterator[str]:
    """The paragraphs of a narrative, or the record's own sentences of the Coding changes."""
    for piece in document.get(field) or ():
        yield piece if isinstance(piece, str) else piece["text"]


def _title(document: Mapping[str, Any]) -> str:
    number = document.get("dispute_number")
    return f"MID {number}" if isinstance(number, int) else KINDS[document["kind"]].title


def _paragraphs(pieces: Sequence[str]) -> Paragraphs:
    lines = (line.strip() for piece in pieces for line in piece.split("\n"))
    return tuple(line for line in lines if line)


def _sentences(pieces: Sequence[str]) -> tuple[Any, ...]:
    return tuple(parse_sentence(piece.strip()) for piece in pieces if piece.strip())


_VALUES = {Editor.PARAGRAPHS: _paragraphs, Editor.SENTENCES: _sentences}
