"""Finds misspelt words in narratives: unknown, or one typo away from a far more common word.

A word is correct if it is common in English, occurs elsewhere in the project, or is in the
project's word list. Names are not marked, except rare variants of names the project uses often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mideditor.domain.changes import WHOLE_RECORD, FieldChanged
from mideditor.domain.record import RecordId
from mideditor.session.session import Changed, Session
from mideditor.session.work import CHECKED_AT_A_TIME, FEW_RECORDS, Work
from mideditor.text.hyphen_model import frequency

# Leaves out a possessive s.
_WORD = re.compile(r"(?<![\w#])[^\W\d_]+(?:[’'](?![sS]\b)[^\W\d_]+)*(?!\w)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MIN_LENGTH = 3
_MIN_ELSEWHERE = 2
_OFTEN = 3
_RARE = 3.3
_FAR_COMMONER = 1.7
"""A difference on the Zipf scale: fifty times as common."""


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word from character ``start`` to ``end`` (not included), and the likely intended word."""

    start: int
    end: int
    word: str
    meant: str


class Spelling:
    """Finds misspelt words in a session's narratives; run `count_all` before `marks`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._list = session.history.words()
        self._counts: Counter[str] = Counter()
        self._uncounted = list(reversed(session.ids()))
        self._changes: list[FieldChanged] = []
        self._known: dict[str, str | None] = {}
        session.subscribe(self._follow)

    @property
    def is_counted(self) -> bool:
        """Whether the word counts of all records are up to date."""
        return not self._uncounted and not self._changes

    def count(self, most: int) -> None:
        """Count the words of up to ``most`` more records."""
        some = self._uncounted[-most:]
        del self._uncounted[-most:]
        documents = self._session.documents()
        for record in some:
            self._counts.update(_words_of(documents.get(record)))
        if not self._uncounted:
            self._count_changes(most - len(some))

    def count_all(self) -> Work[None]:
        """Count the words of every record; progress counts records."""
        total = len(self._session.ids())
        while not self.is_counted:
            self.count(CHECKED_AT_A_TIME)
            yield total - len(self._uncounted), total

    def marks(self, record: RecordId, text: str) -> list[Misspelling]:
        """The words that look misspelt in a record's text as it is being edited."""
        own_counts = Counter(_words_of(self._session.documents().get(record)))
        return [
            Misspelling(match.start(), match.end(), match[0], meant)
            for match in _WORD.finditer(text)
            if len(match[0]) >= _MIN_LENGTH
            and (meant := self._meant(match[0], own_counts)) is not None
        ]

    def _meant(self, word: str, own_counts: Mapping[str, int]) -> str | None:
        """The likely correction of a misspelt word, '' if unknown; None if the word is correct."""
        if word not in self._known:
            self._known[word] = self._checked(word)
        meant = self._known[word]
        if (
            meant is None
            or word.casefold() in self._list
            or self._count_elsewhere(word, own_counts) >= _MIN_ELSEWHERE
        ):
            return None
        return meant

    def _count_elsewhere(self, word: str, own_counts: Mapping[str, int]) -> int:
        forms = {word, word.capitalize()} if word.islower() else {word}
        return sum(self._counts[form] - own_counts.get(form, 0) for form in forms)

    def _checked(self, word: str) -> str | None:
        if word.islower():
            return _misspelt(word)
        if not word[1:].islower() or frequency(word) >= _RARE:
            return None
        variants = [
            name for name in _corrections(word) if self._counts[name.capitalize()] >= _OFTEN
        ]
        known = [name.capitalize() for name in variants if name != word.casefold()]
        return max(known, key=self._counts.__getitem__, default=None)

    def _follow(self, changed: Changed) -> None:
        self._list = self._session.history.words()
        if any(change.field == WHOLE_RECORD for change in changed.step.record_changes):
            self._counts.clear()
            self._uncounted = list(reversed(self._session.ids()))
            self._changes.clear()
            return
        uncounted = set(self._uncounted)
        self._changes += [
            change
            for change in changed.step.record_changes
            if isinstance(change, FieldChanged)
            and change.field == "narrative"
            and change.record not in uncounted
        ]
        if len(self._changes) <= FEW_RECORDS:
            self._count_changes(FEW_RECORDS)

    def _count_changes(self, most: int) -> None:
        some, self._changes = self._changes[:most], self._changes[most:]
        for change in some:
            self._counts.subtract(_words_in(change.old))
            self._counts.update(_words_in(change.new))
        self._known.clear()


def load_words() -> None:
    """Load the frequencies of English words; takes half a second the first time."""
    frequency("the")


def _misspelt(word: str) -> str | None:
    common = frequency(word)
    if common >= _RARE:
        return None
    meant = max(_corrections(word), key=frequency)
    if frequency(meant) >= max(common + _FAR_COMMONER, _RARE):
        return meant
    return None if common or "’" in word or "'" in word else ""


def _corrections(word: str) -> Iterator[str]:
    """Corrections of one typo: a missing letter, two swapped letters, or a doubled letter."""
    word = word.casefold()
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in _LETTERS)
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        if len(after) > 1 and after[0] == after[1]:
            yield before + after[1:]


def _words_of(document: Mapping[str, Any] | None) -> Iterator[str]:
    return _words_in((document or {}).get("narrative"))


def _words_in(paragraphs: Iterable[str] | None) -> Iterator[str]:
    for paragraph in paragraphs or ():
        yield from _WORD.findall(paragraph)
