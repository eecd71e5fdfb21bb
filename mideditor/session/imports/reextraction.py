"""Compares a newer extraction of a text with the records that the project already has.

Its records are matched with those of the project by kind, number and date. A difference is shown
beside the original and the current value, and can be applied if no coder has edited the field.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Any

from mideditor.domain.changes import WHOLE_RECORD
from mideditor.domain.fields import (
    FIELDS,
    fields_of,
    fields_without_lines,
    printed_value,
    unprinted_fields,
)
from mideditor.domain.record import Record, RecordId, Unread, document_of, record_from_document
from mideditor.domain.sources import Source, parts_of, span, start_of
from mideditor.domain.titles import printed_dates, printed_participants, record_title
from mideditor.session.imports.page_joining import ImportChanges
from mideditor.session.project_view import ProjectView
from mideditor.session.session import Session
from mideditor.store.project import Document

_PRINTED = FIELDS.keys() - fields_without_lines() - {"mid_number"}
_WORD = re.compile(r"\w+")
_MIN_KNOWN_SHARE = 0.5

Key = tuple[Any, ...]
StoredValues = Mapping[str, Any]


@dataclass(frozen=True)
class Reextraction:
    """A text, as the source that the project would keep, and its records matched to the project's.

    ``pairs`` are records of the project with their new reading; ``new`` are readings without a
    record.
    """

    source: Source
    pairs: tuple[tuple[RecordId, Record], ...]
    new: tuple[Record, ...]

    @property
    def name(self) -> str:
        """The name of the text's file."""
        return self.source.name


@dataclass(frozen=True)
class ReadingDifference:
    """One field that differs in a newer extraction; ``record`` is None for a whole new record.

    The values are as printed. ``edited``: a coder has changed the field, so it cannot be applied.
    """

    extraction: Reextraction
    record: RecordId | None
    title: str
    field: str
    original: str
    current: str
    new: str
    edited: bool
    reading: Record

    @property
    def label(self) -> str:
        """The field's name on screen."""
        return "New record" if self.field == WHOLE_RECORD else FIELDS[self.field].label


class ProjectKeys:
    """The records of a project as first read, indexed by the keys that identify them."""

    def __init__(self, session: ProjectView) -> None:
        self._ids = tuple(session.ids())
        self._ranks = {record: rank for rank, record in enumerate(self._ids)}
        self._documents: dict[RecordId, Document] = {}
        self._by_key: defaultdict[Key, list[RecordId]] = defaultdict(list)
        self._by_number: defaultdict[Key, list[RecordId]] = defaultdict(list)
        self._by_source: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        documents = session.documents()
        for record in self._ids:
            read = {**documents[record], **session.original_values(record)}
            self._documents[record] = read
            self._by_key[_key(read)].append(record)
            self._by_number[_number(read)].append(record)
            for source, lines in parts_of(read.get("place")):
                if own := span(lines):
                    self._by_source[source].append(own)
        for spans in self._by_source.values():
            spans.sort()

    def newer_extraction(self, source: Source, records: Sequence[Record]) -> Reextraction | None:
        """Match a text with the project; None if most of its records are unknown.

        If some records of the text were added before, only the others are considered.
        """
        known = self._by_source.get(source.id, ())
        remaining = [record for record in records if not _lies_within(record, known)]
        numbered = [record for record in remaining if _is_numbered(record)]
        pairs, certain = self._pairs(remaining)
        if not remaining or (not known and certain <= _MIN_KNOWN_SHARE * len(numbered)):
            return None
        matched = {id(record) for _, record in pairs}
        new = [record for record in remaining if id(record) not in matched]
        if pairs:
            early = set(map(id, takewhile(lambda record: id(record) not in matched, remaining)))
            new = [r for r in new if id(r) not in early or not self._is_tail(r, pairs[0][0])]
        return Reextraction(source, tuple(pairs), tuple(new))

    def _pairs(self, records: Sequence[Record]) -> tuple[list[tuple[RecordId, Record]], int]:
        """Records with their new readings, in order, and the number matched by number and date."""
        documents = [document_of(record) for record in records]
        keys = [_key(document) for document in documents]
        known = {record for key in set(keys) for record in self._by_key.get(key, ())}
        candidates = sorted(known, key=self._ranks.__getitem__)
        theirs = [_key(self._documents[record]) for record in candidates]
        found: dict[int, RecordId] = {}
        for mine, other, length in SequenceMatcher(
            None, keys, theirs, autojunk=False
        ).get_matching_blocks():
            for n in range(length):
                self._match(found, documents, mine + n, candidates[other + n])
        self._match_unique(found, documents, keys, self._by_key)
        certain = sum(_is_numbered(records[mine]) for mine in found)
        numbers = [_number(document) for document in documents]
        self._match_unique(found, documents, numbers, self._by_number)
        return [(found[mine], records[mine]) for mine in sorted(found)], certain

    def _match_unique(
        self,
        found: dict[int, RecordId],
        documents: Sequence[Document],
        keys: Sequence[Key],
        known: Mapping[Key, list[RecordId]],
    ) -> None:
        """Match the remaining records by keys that are unique on both sides."""
        taken = set(found.values())
        mine: defaultdict[Key, list[int]] = defaultdict(list)
        for index, key in enumerate(keys):
            if index not in found and key[1] is not None:
                mine[key].append(index)
        for key, indexes in mine.items():
            others = [record for record in known.get(key, ()) if record not in taken]
            if len(indexes) == len(others) == 1:
                self._match(found, documents, indexes[0], others[0])

    def _match(
        self, found: dict[int, RecordId], documents: Sequence[Document], mine: int, other: RecordId
    ) -> None:
        if _may_be_same(documents[mine], self._documents[other]):
            found[mine] = other

    def _is_tail(self, record: Record, following: RecordId) -> bool:
        """Whether a record is the end of the project's record before ``following``."""
        rank = self._ranks[following]
        if rank == 0:
            return False
        whole = set(_words(record_from_document(self._documents[self._ids[rank - 1]])))
        return whole.issuperset(_words(record)[1:])  # the first may be half a word


def reading_differences(session: Session, extraction: Reextraction) -> list[ReadingDifference]:
    """The differences of an extraction, in its order; its new records come last."""
    found = [
        difference
        for known, reading in extraction.pairs
        if known in session.documents()
        for difference in record_differences(session, extraction, known, reading)
    ]
    return found + [as_new(extraction, record) for record in extraction.new]


def record_differences(
    session: Session, extraction: Reextraction, known: RecordId, reading: Record
) -> Iterator[ReadingDifference]:
    """The fields of one record that differ from both its original and its current value."""
    original, current = session.original(known), session.record(known)
    edited = session.history.edited_fields(known)
    for name, row in fields_of(reading.kind).items():
        new, now, read = (getattr(record, name) for record in (reading, current, original))
        if name in unprinted_fields() or new in (now, read) or _is_absent(name, new):
            continue
        if _is_cut_short(new, read, reading, extraction):
            continue
        yield ReadingDifference(
            extraction,
            known,
            record_title(current),
            name,
            original=printed_value(row, read),
            current=printed_value(row, now),
            new=printed_value(row, new),
            edited=name in edited,
            reading=reading,
        )


def gather_taken(
    session: Session, taken: Iterable[ReadingDifference], changes: ImportChanges
) -> None:
    """Add differences to the changes of an import step.

    Edited fields are never changed, and records that are gone stay so.
    """
    there = session.documents()
    allowed = [difference for difference in taken if not difference.edited]
    changes.added += [one.reading for one in allowed if one.record is None]
    old = [one for one in allowed if one.record is not None and one.record in there]
    for known, group in groupby(old, key=lambda one: one.record or 0):
        of_one = list(group)
        reading = of_one[0].reading
        fields = {one.field for one in of_one}
        doubts = [d for d in session.record(known).doubts if d.field not in fields]
        doubts += [d for d in reading.doubts if d.field in fields]
        values = changes.values.setdefault(known, {})
        values |= {name: getattr(reading, name) for name in fields}
        values["doubts"] = tuple(doubts)


def equal_count(extraction: Reextraction, found: Sequence[ReadingDifference]) -> int:
    """How many records of an extraction are equal to the project's."""
    differing = {one.record for one in found if one.extraction is extraction}
    return sum(known not in differing for known, _ in extraction.pairs)


def as_new(extraction: Reextraction, record: Record) -> ReadingDifference:
    """The difference for a record that the project does not have."""
    summary = ", ".join(filter(None, (printed_dates(record), printed_participants(record))))
    return ReadingDifference(
        extraction, None, record_title(record), WHOLE_RECORD, "", "", summary, False, record
    )


def _key(document: StoredValues) -> Key:
    kind = document["kind"]
    if kind == "fragment":
        return kind, None, document.get("chapter"), document.get("page")
    date = document.get("start_date") or document.get("started")
    return kind, _plain(document.get("dispute_number")), _plain(date)


def _number(document: StoredValues) -> Key:
    return document["kind"], _plain(document.get("dispute_number"))


def _plain(value: Any) -> Any:
    return value.get("unread") if isinstance(value, dict) else value


def _is_numbered(record: Record) -> bool:
    return isinstance(getattr(record, "dispute_number", None), int)


def _may_be_same(one: StoredValues, other: StoredValues) -> bool:
    """Whether two records with equal keys may be the same.

    A cross-reference can occur in several places, so its page or heading must also agree.
    """
    if one["kind"] == "entry" and _key(one) == _key(other):
        return True
    pages = (one.get("chapter"), one.get("page")), (other.get("chapter"), other.get("page"))
    if None not in pages[0] and None not in pages[1]:
        return pages[0] == pages[1]
    return one["kind"] == "entry" or one.get("heading") == other.get("heading")


def _words(record: Record) -> list[str]:
    """All words and numbers that a record prints: a page can end within any field."""
    fields = fields_of(record.kind).items()
    printed = [
        printed_value(row, getattr(record, name)) for name, row in fields if name in _PRINTED
    ]
    return _WORD.findall("\n".join(printed))


def _is_absent(name: str, value: Any) -> bool:
    """Whether a reading does not contain a field at all, such as a page without a dyad heading."""
    return name == "heading" and value is None


def _is_cut_short(new: Any, read: Any, reading: Record, extraction: Reextraction) -> bool:
    """Whether a field is shorter only because the text ends in it."""
    if extraction.pairs[-1][1] is not reading:
        return False
    if not new or (isinstance(new, Unread) and not isinstance(read, Unread)):
        return True
    if not isinstance(new, tuple):
        return False
    if not isinstance(read, tuple) or len(new) > len(read):
        return False
    whole, part = (
        " ".join(str(getattr(one, "text", one)) for one in items) for items in (read, new)
    )
    return whole.startswith(part.rstrip("-"))


def _lies_within(record: Record, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a record starts within one of these sorted spans."""
    _, line = start_of(record.place)
    before = bisect_right(spans, line, key=lambda one: one[0]) - 1
    return before >= 0 and line <= spans[before][1]
