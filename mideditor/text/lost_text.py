"""Finds text lost when the source was converted to a web page; repairs it or raises doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mideditor.domain.partial_date import MONTHS
from mideditor.domain.record import CodingChange, Doubt, Participant, Side, Unread
from mideditor.text.lexer import Line

_MONTH = "|".join(MONTHS)
_UNFINISHED_DATE = re.compile(rf"(?:{_MONTH})(?: \d{{1,2}},)?\Z")
_FINISHED = re.compile(r"[.!?:…][)\]”’\"']*\Z")
_NUMBER_BULLET = "1."
_QUOTED_WORDS = 4


def without_false_bullets(lines: Sequence[Line]) -> list[str]:
    """The texts of lines, without list bullets that replaced lost digits.

    A line that began with ``1990.`` may have become a list item. Its bullet is removed only if the
    text proves it false: the bullet is an indented number, or the line before is unfinished.
    """
    texts: list[str] = []
    for line in lines:
        before = texts[-1] if texts else ""
        texts.append(line.text if is_false_bullet(line, before) else line.label_if_item + line.text)
    return texts


def is_false_bullet(line: Line, before: str) -> bool:
    """Whether the list bullet at the start of a line replaced lost digits."""
    if not line.item:
        return False
    if line.label.strip() == _NUMBER_BULLET:
        return True
    return bool(_UNFINISHED_DATE.search(before)) or (
        bool(before) and not _FINISHED.search(before) and line.text[:1].isupper()
    )


def false_bullet_doubts(field: str, lines: Sequence[Line]) -> Iterable[Doubt]:
    """A doubt for each list bullet that was removed."""
    before = ""
    for line in lines:
        if is_false_bullet(line, before):
            yield Doubt(
                field=field,
                quote=_first_words(line.text),
                question="The source has a list mark here; a number that stood before was lost.",
                certainty=0.5,
            )
        before = line.text


def unfinished_narrative(paragraphs: Sequence[str]) -> Iterable[Doubt]:
    """A doubt if a narrative ends without a full stop."""
    if paragraphs and not _FINISHED.search(paragraphs[-1]):
        yield Doubt(
            field="narrative",
            quote=_last_words(paragraphs[-1]),
            question="The text breaks off without a full stop. Were words lost in the source?",
            certainty=0.5,
        )


def unfinished_sentences(sentences: Sequence[CodingChange]) -> Iterable[Doubt]:
    """A doubt for each coding change that ends without a full stop."""
    for sentence in sentences:
        if not _FINISHED.search(sentence.text):
            yield Doubt(
                field="coding_changes",
                quote=sentence.text,
                question="The sentence breaks off. Was its value lost in the source?",
                certainty=0.5,
            )


def missing_names(side_a: Unread | Side, side_b: Side) -> Iterable[Doubt]:
    """A doubt for each participant printed as a code without a name."""
    for field, side in (("side_a", side_a), ("side_b", side_b)):
        if not isinstance(side, Unread):
            yield from (_missing_name(field, member) for member in side if not member.name)


def _missing_name(field: str, member: Participant) -> Doubt:
    return Doubt(
        field=field,
        quote=str(member),
        question="The name of this participant is missing in the source.",
        certainty=0.5,
    )


def _first_words(text: str) -> str:
    return " ".join(text.split()[:_QUOTED_WORDS])


def _last_words(text: str) -> str:
    return " ".join(text[-200:].split()[-_QUOTED_WORDS:])
