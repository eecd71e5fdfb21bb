"""The log as text, JSON and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields

from mideditor.domain.record_ids import handle
from mideditor.domain.reports.log_line import LogLine
from mideditor.export.report_text import as_csv, as_json

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def log_as_text(lines: Iterable[LogLine]) -> str:
    """One line per change: when, who, what, old and new value, and why."""
    return "".join(f"{_on_one_line(_sentence(line))}\n" for line in lines)


def log_as_json(lines: Iterable[LogLine]) -> str:
    """A JSON array of the lines, with all columns."""
    return as_json([asdict(line) for line in lines])


def log_as_csv(lines: Iterable[LogLine]) -> str:
    """A CSV table with a header; no cell can run as a formula in a spreadsheet."""
    return as_csv([column.name for column in fields(LogLine)], map(asdict, lines))


LOG_FORMATS: dict[str, Callable[[Iterable[LogLine]], str]] = {
    "text": log_as_text,
    "json": log_as_json,
    "csv": log_as_csv,
}


def _sentence(line: LogLine) -> str:
    undoes = f" {line.preposition} step {line.undoes}" if line.undoes else ""
    parts = [
        f"{line.step:>5}  {line.time:%Y-%m-%d %H:%M}Z  {line.author}  {line.kind}{undoes}  ",
        f"{_what(line)}: {line.old or '—'} → {line.new or '—'}",
    ]
    if line.original not in (line.old, line.new, ""):
        parts.append(f" (original {line.original})")
    parts += [f"  · {note}" for note in (line.reason, line.citation) if note]
    return "".join(parts)


def _on_one_line(text: str) -> str:
    """A text that neither breaks its line nor steers a terminal."""
    return _CONTROL.sub("", " ".join(text.splitlines()))


def _what(line: LogLine) -> str:
    if line.record is None:
        return line.field
    number = "no number" if line.dispute_number is None else f"MID {line.dispute_number}"
    return f"{number} (record {handle(line.record)}), {line.field}"
