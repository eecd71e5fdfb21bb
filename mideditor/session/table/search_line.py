"""Parses the search line: words, phrases, and fields with the values to find.

`outcome:stalemate state:365 year:1960..1969 narrative:"air space" -changed:yes quarantine`
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r'(?P<not>-)?(?:(?P<key>[A-Za-z_]+):)?(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<plain>[^\s"]+))?'
)
_RANGE = re.compile(r"(?P<low>-?\d*)\.\.(?P<high>-?\d*)")


@dataclass(frozen=True)
class Term:
    """One condition. ``key`` is the field ("" for any text), ``wanted`` the case-folded value.

    ``low`` and ``high`` are the inclusive bounds of a range; None leaves it open. ``start`` and
    ``end`` are its offsets in the line.
    """

    key: str
    wanted: str
    negated: bool = False
    low: int | None = None
    high: int | None = None
    is_range: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Mistake:
    """An error in the search line: where it is, and how to fix it."""

    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Query:
    """A parsed line. Terms with mistakes are left out."""

    terms: tuple[Term, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def without(self, key: str) -> Query:
        """The query without its conditions on one field."""
        return Query(tuple(term for term in self.terms if term.key != key), self.mistakes)


@lru_cache(maxsize=64)
def parse_line(line: str, keys: Collection[str], numeric: Collection[str]) -> Query:
    """Parse a line. ``keys`` are the known fields, ``numeric`` those that accept ranges."""
    terms: list[Term] = []
    mistakes: list[Mistake] = []
    for found in _TOKEN.finditer(line):
        if not found[0]:
            continue
        start, end = found.span()
        key = (found["key"] or "").casefold()
        quoted = found["quoted"]
        value = quoted if quoted is not None else found["plain"] or ""
        if key and key not in keys:
            mistakes.append(Mistake(start, end, _unknown(key, keys)))
        elif quoted is not None and not found["closed"]:
            message = "The quotation mark is still open: close it with another one."
            mistakes.append(Mistake(start, end, message))
        elif value:
            term = _term(key, value, bool(found["not"]), quoted is None, start, end)
            if term.is_range and key not in numeric:
                message = f"“{key}” has no numbers; a range is for {', '.join(sorted(numeric))}."
                mistakes.append(Mistake(start, end, message))
            else:
                terms.append(term)
    return Query(tuple(terms), tuple(mistakes))


def with_term(line: str, key: str, value: str) -> str:
    """The line with a condition on a field added, or removed if it is there already."""
    written = written_term(key, value)
    parts = [found[0] for found in _TOKEN.finditer(line) if found[0]]
    folded = [part.casefold() for part in parts]
    if written.casefold() in folded:
        del parts[folded.index(written.casefold())]
    else:
        parts.append(written)
    return " ".join(parts)


def written_term(key: str, value: str) -> str:
    """A condition as it is typed."""
    return f'{key}:"{value}"' if re.search(r"\s", value) or not value else f"{key}:{value}"


def token_at(line: str, cursor: int) -> tuple[int, str]:
    """The start of the token at the cursor, and the part of it before the cursor."""
    for found in _TOKEN.finditer(line):
        if found[0] and found.start() <= cursor <= found.end():
            return found.start(), line[found.start() : cursor]
    return cursor, ""


def _term(key: str, value: str, negated: bool, plain: bool, start: int, end: int) -> Term:
    bounds = _RANGE.fullmatch(value) if plain and key else None
    if bounds is None or not (bounds["low"] or bounds["high"]):
        return Term(key, value.casefold(), negated, start=start, end=end)
    low, high = (int(bound) if bound else None for bound in (bounds["low"], bounds["high"]))
    return Term(key, value.casefold(), negated, low, high, is_range=True, start=start, end=end)


def _unknown(key: str, keys: Collection[str]) -> str:
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.6)
    hint = f"Did you mean “{near[0]}:”?" if near else f"There are {', '.join(sorted(keys))}."
    return f"There is no field “{key}”. {hint}"
