"""Typography of narrative and coding changes: quotation marks, spaces, words, leftovers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from mideditor.domain.coding_sentences import parse_sentence
from mideditor.domain.printed_changes import sentences_of
from mideditor.domain.record import Record
from mideditor.domain.rules import Fix
from mideditor.domain.rules.case import Case, Found
from mideditor.domain.rules.word_lists import words

_PAIRS = {"“": "”", "(": ")", "[": "]"}
_NAMES = {"“": "quotation mark “", "”": "quotation mark ”", '"': 'quotation mark "'}

_MARKS = re.compile(r"[“”()\[\]\"]")
_TOO_MANY = re.compile(
    r"(?<=\S)(?:(?P<wide>[ \t]{2,})(?=[^\s,;.:?!])"
    r"|(?<!\.)[ \t]+(?=[,;.:?!](?:\s|$))(?!\.[ ]\.))"  # but “. . .”
)
_GAPS = ("  ", "\t", " ,", " ;", " .", " :", " ?", " !")

_REPEATED = re.compile(r"(?<![\w’'-])(?P<word>[A-Za-z’]+)[ ](?P=word)(?![\w’'-])", re.IGNORECASE)
_RIGHTLY_TWICE = words("had that very many so long")
# Of these one is certainly too many.
_NEVER_TWICE = words(
    "a an the of to and or but for with by from at as it its his her their they he she was were is "
    "are be been into which who when while after before because between against"
)

# One of these is in every leftover.
_SIGNS = (
    *("Chapter ", "Hemisphere ", "Europe ", "Africa ", "East ", "Asia ", "States "),
    *("Free download", "(Marcin)", "Number:", "Date(s):", "Participants:", "Settlement):"),
    *("Fatalities:", "Narrative:", "changes:", "Started in", "dispute list", "\ufffd", "\u00ad"),
)
_LEFTOVERS = re.compile(
    r"\d{1,4} Chapter \d{1,2}(?!\d)"
    r"|(?:Western Hemisphere|Sub-?Saharan Africa|Major States) \d{2,4}\b"
    r"|(?:Europe|Middle East|Asia) \d{2,4}(?=[ ]+[a-z]|[ ]*$)"
    r"|Free download pdf|\(Marcin\) #\d+"
    r"|(?:Dispute Number|Date\(s\)|Participants|Outcome \(and Settlement\)|Fatalities|Narrative"
    r"|Coding changes): ?"
    r"|Started in \w+ \d{4}\. See the narrative in the\b"
    r"|dyad dispute list\."
    r"|[\ufffd\u00ad]"
)
_BROKEN_WORD = re.compile(r"\b[A-Za-z]{2,}- (?!(?:and|or|to|nor|but|versus|through)\b)[a-z]{2,}\b")


def quotation_marks(case: Case) -> Iterator[Found]:
    """A quotation mark or bracket without its other half in the paragraph.

    A quotation that goes on into the next paragraph opens there again and closes once.
    """
    for name, paragraphs in _texts(case.record):
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
            for mark, place in _unpaired(paragraph, goes_on=after.startswith("“")):
                what = _NAMES.get(mark, f"bracket {mark}")
                around = _around(paragraph, place)
                message = f"The {what} has no other half: “{around}”"
                yield Found(name, (mark, around), message, around)


def double_spaces(case: Case) -> Iterator[Found]:
    """Two spaces where one belongs, or one before a comma or full stop."""
    for name, paragraphs in _texts(case.record):
        for paragraph in paragraphs:
            if not any(gap in paragraph for gap in _GAPS):
                continue
            for match in _TOO_MANY.finditer(paragraph):
                right = " " if match["wide"] else ""
                mended = paragraph[: match.start()] + right + paragraph[match.end() :]
                quote = _words_beside(paragraph, match.start(), match.end())
                fix = _fix("Close the gap", case.record, name, paragraph, mended)
                yield Found(name, (quote,), f"A space too many: “{quote}”", quote, fix)


def edge_spaces(case: Case) -> Iterator[Found]:
    """A paragraph that begins or ends with a space."""
    for name, paragraphs in _texts(case.record):
        for paragraph in paragraphs:
            mended = paragraph.strip()
            if mended != paragraph:
                quote = mended[:40]
                fix = _fix("Remove the space", case.record, name, paragraph, mended)
                message = f"The paragraph “{quote} …” begins or ends with a space."
                yield Found(name, (quote,), message, quote, fix)


def repeated_words(case: Case) -> Iterator[Found]:
    """The same word twice in a row, except where English has it so (“had had”, “Pago Pago”)."""
    for name, paragraphs in _texts(case.record):
        seen: Counter[str] = Counter()
        for paragraph in paragraphs:
            if not _may_repeat(paragraph):
                continue
            for match in _REPEATED.finditer(paragraph):
                word = match["word"]
                if word.casefold() in _RIGHTLY_TWICE or _is_a_name(match[0]):
                    continue
                seen[match[0]] += 1
                mended = paragraph[: match.end("word")] + paragraph[match.end() :]
                certain = word.casefold() in _NEVER_TWICE
                fix = _fix(f"Remove one “{word}”", case.record, name, paragraph, mended)
                message = f"“{match[0]}” stands in “{_around(paragraph, match.start())}”"
                about = (match[0], seen[match[0]])
                yield Found(name, about, message, match[0], fix if certain else None)


def leftovers(case: Case) -> Iterator[Found]:
    """What belongs to a page or to the frame of an entry, in the middle of a text."""
    for name, paragraphs in _texts(case.record):
        for paragraph in paragraphs:
            if not any(sign in paragraph for sign in _SIGNS):
                continue
            for match in _LEFTOVERS.finditer(paragraph):
                around = _around(paragraph, match.start())
                message = f"“{match[0].strip()}” looks like a leftover of the page: “{around}”"
                yield Found(name, (match[0], around), message, match[0])


def broken_words(case: Case) -> Iterator[Found]:
    """A word with a hyphen and a space in it, as where a line ended."""
    for name, paragraphs in _texts(case.record):
        for paragraph in paragraphs:
            for match in _BROKEN_WORD.finditer(paragraph) if "- " in paragraph else ():
                yield Found(name, (match[0],), f"Is “{match[0]}” one word?", match[0])


def _texts(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The prose of a record: the paragraphs of its narrative, its own coding-change sentences."""
    yield "narrative", getattr(record, "narrative", ())
    yield "coding_changes", tuple(sentence.text for sentence in sentences_of(record))


def _unpaired(paragraph: str, *, goes_on: bool) -> Iterator[tuple[str, int]]:
    open_marks: list[tuple[str, int]] = []
    straight: int | None = None
    for match in _MARKS.finditer(paragraph):
        mark, place = match[0], match.start()
        if mark == '"':
            straight = place if straight is None else None
        elif mark in _PAIRS:
            open_marks.append((mark, place))
        elif open_marks and _PAIRS[open_marks[-1][0]] == mark:
            open_marks.pop()
        elif not (mark == ")" and _numbers_a_list(paragraph, place)):
            yield mark, place
    if goes_on and open_marks and open_marks[-1][0] == "“":
        open_marks.pop()
    yield from open_marks
    if straight is not None:
        yield '"', straight


def _numbers_a_list(paragraph: str, place: int) -> bool:
    """Whether a bracket closes ``1)`` or ``a)``."""
    return re.search(r"(?:^|\s)(?:\d{1,2}|[a-z])$", paragraph[:place]) is not None


def _may_repeat(paragraph: str) -> bool:
    """A quick look, so that the exact one is only for the few paragraphs that need it."""
    words = paragraph.casefold().split()
    return any(map(str.startswith, words[1:], words))


def _is_a_name(words: str) -> bool:
    first, second = words.split(" ")
    return first[0].isupper() and second[0].isupper()


def _around(paragraph: str, place: int) -> str:
    """A few words on both sides of a place."""
    start = paragraph.rfind(" ", 0, max(place - 15, 0)) + 1
    end = paragraph.find(" ", min(place + 20, len(paragraph)))
    return paragraph[start : end if end >= 0 else len(paragraph)]


def _words_beside(paragraph: str, start: int, end: int) -> str:
    """A gap with the word before and the word after it."""
    first = paragraph.rfind(" ", 0, start) + 1
    last = paragraph.find(" ", end)
    return paragraph[first : last if last >= 0 else len(paragraph)]


def _fix(label: str, record: Record, name: str, old: str, new: str) -> Fix:
    return Fix(label, {name: _MENDED[name](getattr(record, name), old, new)})


def _paragraphs(paragraphs: Any, old: str, new: str) -> tuple[Any, ...]:
    return tuple(new if paragraph == old else paragraph for paragraph in paragraphs)


def _sentences(sentences: Any, old: str, new: str) -> tuple[Any, ...]:
    return tuple(
        parse_sentence(new) if sentence.text == old else sentence for sentence in sentences
    )


_MENDED: dict[str, Callable[[Any, str, str], tuple[Any, ...]]] = {
    "narrative": _paragraphs,
    "coding_changes": _sentences,
}
