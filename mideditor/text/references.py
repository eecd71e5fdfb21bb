"""Recognises, reads and prints the sentence of a cross-reference."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mideditor.domain.record import DateValue, Dyad, Unread
from mideditor.text.values import read_date, read_dyad

_START = re.compile(
    r"Started in\b.{0,60}?(?:[.;,:]|\s\(|\s(?=see\b))\)?\s*\(?"
    r"[Ss]ee\s+(?:also\s+)?(?:the\s+)?nar"
)
_SENTENCE = re.compile(
    r"Started(?: in)?(?: (?P<started>.*?))?"
    r"(?:[.;,:]? ?\(?[Ss]ee (?:the )?narrative in(?: the(?: (?P<see>(?!dyad dispute).*?))?)?"
    r"(?: dyad(?: (?:dispute )?list|(?: dispute)?)[.)]*)?)?"
)
_END = re.compile(r"\blist[.)]*\Z|\bdyad(?: dispute)?[.)]+\Z")
_MAX_START = 120
_MAX_END = 30


def starts_reference(texts: Sequence[str]) -> bool:
    """Whether these lines start a cross-reference, even without a MID# line before them."""
    joined = " ".join(text[:_MAX_START] for text in texts)
    return bool(_START.match(joined))


def ends_reference(line: str) -> bool:
    """Whether this is the last line of a cross-reference."""
    return bool(_END.search(line[-_MAX_END:]))


def read_reference(text: str) -> tuple[DateValue, Unread | Dyad | None]:
    """When the dispute started, and the dyad that has its narrative.

    Tolerates other punctuation; a sentence with other words is kept unread.
    """
    match = _SENTENCE.fullmatch(text)
    if match is None:
        return Unread(unread=text), None
    started, see = match["started"], match["see"]
    return read_date(started or ""), (read_dyad(see) or Unread(unread=see)) if see else None


def print_reference(started: DateValue, see: Unread | Dyad | None) -> str:
    """The sentence as the chapters print it."""
    when = started.unread if isinstance(started, Unread) else str(started or "")
    where = see.unread if isinstance(see, Unread) else str(see or "")
    started_in = f"Started in {when}".rstrip()
    see_in = f"See the narrative in the {where}".rstrip()
    return f"{started_in}. {see_in} dyad dispute list."
