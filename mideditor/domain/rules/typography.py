"""Typography rules for narrative and coding changes: quotation marks, spaces, words, leftovers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from mideditor.domain.coding_sentences import parse_sentence
from mideditor.domain.fields import FIELDS, Editor, labelled_parts, text_fields
from mideditor.domain.record import Record
from mideditor.domain.rules import Fix
from mideditor.domain.rules.context import Problem, RuleContext
from mideditor.domain.rules.word_lists import words

_PAIRS = {"“": "”", "(": ")", "[": "]"}
_NAMES = {"“": "quotation mark “", "”": "quotation mark ”", '"': 'quotation mark "'}

_MARKS = re.compile(r"[“”()\[\]\"]")
_EXTRA_SPACE = re.compile(
    r"(?<=\S)(?:(?P<wide>[ \t]{2,})(?=[^\s,;.:?!])"
    r"|(?<!\.)[ \t]+(?=[,;.:?!](?:\s|$))(?!\.[ ]\.))"  # but “. . .”
)
_GAPS = ("  ", "\t", " ,", " ;", " .", " :", " ?", " !")

_REPEATED = re.compile(r"(?<![\w’'-])(?P<word>[A-Za-z’]+)[ ](?P=word)(?![\w’'-])", re.IGNORECASE)
_MAY_BE_REPEATED = words("had that very many so long")
# When one of these is repeated, the second is certainly an error.
_NEVER_REPEATED = words(
    "a an the of to and or but for with by from at as it its his her their they he she was were is "
    "are be been into which who when while after before because between against"
)

_LABELS = tuple(part.label for part in labelled_parts())

# Every leftover contains one of these; a fast pre-check.
_LEFTOVER_HINTS = (
    *("Chapter ", "Hemisphere ", "Europe ", "Africa ", "East ", "Asia ", "States "),
    *("Free download", "(Marcin)", "Started in", "dispute list", "\ufffd", "\u00ad"),
    *_LABELS,
)
_LEFTOVERS = re.compile(
    r"\d{1,4} Chapter \d{1,2}(?!\d)"
    r"|(?:Western Hemisphere|Sub-?Saharan Africa|Major States) \d{2,4}\b"
    r"|(?:Europe|Middle East|Asia) \d{2,4}(?=[ ]+[a-z]|[ ]*$)"
    r"|Free download pdf|\(Marcin\) #\d+"
    rf"|(?:{'|'.join(map(re.escape, _LABELS))}) ?"
    r"|Started in \w+ \d{4}\. See the narrative in the\b"
    r"|dyad dispute list\."
    r"|[\ufffd\u00ad]"
)
_BROKEN_WORD = re.compile(r"\b[A-Za-z]{2,}- (?!(?:and|or|to|nor|but|versus|through)\b)[a-z]{2,}\b")


def quotation_marks(context: RuleContext) -> Iterator[Problem]:
    """A quotation mark or bracket without its other half in the paragraph.

    A quotation that continues in the next paragraph is opened again there and closed once.
    """
    for name, paragraphs in _texts(context.record):
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
            for mark, position in _unpaired_marks(paragraph, continues=after.startswith("“")):
                what = _NAMES.get(mark, f"bracket {mark}")
                excerpt = _excerpt_around(paragraph, position)
                message = f"The {what} has no other half: “{excerpt}”"
                yield Problem(name, (mark, excerpt), message, excerpt)


def double_spaces(context: RuleContext) -> Iterator[Problem]:
    """Two spaces where one belongs, or one before a comma or full stop."""
    for name, paragraphs in _texts(context.record):
        for paragraph in paragraphs:
            if not any(gap in paragraph for gap in _GAPS):
                continue
            for match in _EXTRA_SPACE.finditer(paragraph):
                right = " " if match["wide"] else ""
                fixed = paragraph[: match.start()] + right + paragraph[match.end() :]
                quote = _gap_with_words(paragraph, match.start(), match.end())
                fix = _fix("Close the gap", context.record, name, paragraph, fixed)
                yield Problem(name, (quote,), f"A space too many: “{quote}”", quote, fix)


def edge_spaces(context: RuleContext) -> Iterator[Problem]:
    """A paragraph that begins or ends with a space."""
    for name, paragraphs in _texts(context.record):
        for paragraph in paragraphs:
            fixed = paragraph.strip()
            if fixed != paragraph:
                quote = fixed[:40]
                fix = _fix("Remove the space", context.record, name, paragraph, fixed)
                message = f"The paragraph “{quote} …” begins or ends with a space."
                yield Problem(name, (quote,), message, quote, fix)


def repeated_words(context: RuleContext) -> Iterator[Problem]:
    """The same word twice in a row, except where English has it so (“had had”, “Pago Pago”)."""
    for name, paragraphs in _texts(context.record):
        seen: Counter[str] = Counter()
        for paragraph in paragraphs:
            if not _could_repeat(paragraph):
                continue
            for match in _REPEATED.finditer(paragraph):
                word = match["word"]
                if word.casefold() in _MAY_BE_REPEATED or _is_a_name(match[0]):
                    continue
                seen[match[0]] += 1
                fixed = paragraph[: match.end("word")] + paragraph[match.end() :]
                certain = word.casefold() in _NEVER_REPEATED
                fix = _fix(f"Remove one “{word}”", context.record, name, paragraph, fixed)
                message = f"“{match[0]}” stands in “{_excerpt_around(paragraph, match.start())}”"
                about = (match[0], seen[match[0]])
                yield Problem(name, about, message, match[0], fix if certain else None)


def leftovers(context: RuleContext) -> Iterator[Problem]:
    """What belongs to a page or to the frame of an entry, in the middle of a text."""
    for name, paragraphs in _texts(context.record):
        for paragraph in paragraphs:
            if not any(hint in paragraph for hint in _LEFTOVER_HINTS):
                continue
            for match in _LEFTOVERS.finditer(paragraph):
                excerpt = _excerpt_around(paragraph, match.start())
                message = f"“{match[0].strip()}” looks like a leftover of the page: “{excerpt}”"
                yield Problem(name, (match[0], excerpt), message, match[0])


def broken_words(context: RuleContext) -> Iterator[Problem]:
    """A word with a hyphen and a space in it, as where a line ended."""
    for name, paragraphs in _texts(context.record):
        for paragraph in paragraphs:
            for match in _BROKEN_WORD.finditer(paragraph) if "- " in paragraph else ():
                yield Problem(name, (match[0],), f"Is “{match[0]}” one word?", match[0])


def _texts(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The prose of a record: the paragraphs of its narrative, its own coding-change sentences."""
    for name in text_fields():
        pieces = getattr(record, name, ())
        if FIELDS[name].editor is Editor.SENTENCES:
            pieces = tuple(sentence.text for sentence in pieces)
        yield name, pieces


def _unpaired_marks(paragraph: str, *, continues: bool) -> Iterator[tuple[str, int]]:
    open_marks: list[tuple[str, int]] = []
    open_straight: int | None = None
    for match in _MARKS.finditer(paragraph):
        mark, position = match[0], match.start()
        if mark == '"':
            open_straight = position if open_straight is None else None
        elif mark in _PAIRS:
            open_marks.append((mark, position))
        elif open_marks and _PAIRS[open_marks[-1][0]] == mark:
            open_marks.pop()
        elif not (mark == ")" and _closes_list_number(paragraph, position)):
            yield mark, position
    if continues and open_marks and open_marks[-1][0] == "“":
        open_marks.pop()
    yield from open_marks
    if open_straight is not None:
        yield '"', open_straight


def _closes_list_number(paragraph: str, position: int) -> bool:
    """Whether a bracket closes ``1)`` or ``a)``."""
    return re.search(r"(?:^|\s)(?:\d{1,2}|[a-z])$", paragraph[:position]) is not None


def _could_repeat(paragraph: str) -> bool:
    """A fast pre-check, so that only a few paragraphs need the exact pattern."""
    words = paragraph.casefold().split()
    return any(map(str.startswith, words[1:], words))


def _is_a_name(words: str) -> bool:
    first, second = words.split(" ")
    return first[0].isupper() and second[0].isupper()


def _excerpt_around(paragraph: str, position: int) -> str:
    """A few words around a position."""
    start = paragraph.rfind(" ", 0, max(position - 15, 0)) + 1
    end = paragraph.find(" ", min(position + 20, len(paragraph)))
    return paragraph[start : end if end >= 0 else len(paragraph)]


def _gap_with_words(paragraph: str, start: int, end: int) -> str:
    """A gap with the words before and after it."""
    first = paragraph.rfind(" ", 0, start) + 1
    last = paragraph.find(" ", end)
    return paragraph[first : last if last >= 0 else len(paragraph)]


def _fix(label: str, record: Record, name: str, old: str, new: str) -> Fix:
    return Fix(label, {name: _REPLACERS[FIELDS[name].editor](getattr(record, name), old, new)})


def _paragraphs(paragraphs: Any, old: str, new: str) -> tuple[Any, ...]:
    return tuple(new if paragraph == old else paragraph for paragraph in paragraphs)


def _sentences(sentences: Any, old: str, new: str) -> tuple[Any, ...]:
    return tuple(
        parse_sentence(new) if sentence.text == old else sentence for sentence in sentences
    )


_REPLACERS: dict[Editor, Callable[[Any, str, str], tuple[Any, ...]]] = {
    Editor.PARAGRAPHS: _paragraphs,
    Editor.SENTENCES: _sentences,
}
