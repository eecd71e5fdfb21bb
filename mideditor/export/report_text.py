"""What all reports share: rows as CSV, a document as JSON, lines of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

_FORMULA_STARTS = ("=", "+", "-", "@")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A CSV table of these columns, with a heading. A spreadsheet runs no cell as a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: inert(row[name]) for name in columns})
    return text.getvalue()


def as_json(document: Any) -> str:
    """An indented JSON document that ends with a line break."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def as_lines(lines: Iterable[str]) -> str:
    """Lines for a terminal: control characters and line breaks within one are spaces."""
    return "".join(f"{_printable(line)}\n" for line in lines)


def inert(value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: a leading apostrophe disarms a formula."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text).rstrip()
