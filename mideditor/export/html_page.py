"""A self-contained HTML page: no other files, good in print, in light and in dark mode.

All text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1c1f23; --quiet: #565d66;
  --line: #cfd4da; --band: #f2f4f6; --fault: 214, 90, 0; --sound: 30, 120, 90; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #eceff2; --quiet: #a9b1ba; --line: #3b424a; --band: #1f2429; }
}
@media print {
  :root { --paper: #ffffff; --ink: #000000; --quiet: #444444; --line: #999999; --band: #f2f4f6; }
}
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; background: var(--paper);
  color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
p.note { color: var(--quiet); }
div.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.5rem 0; }
caption { text-align: left; color: var(--quiet); padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left;
  vertical-align: top; }
td { overflow-wrap: anywhere; }
thead th { background: var(--band); }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.fault { background: rgba(var(--fault), var(--shade)); font-weight: 600; }
td.sound { background: rgba(var(--sound), 0.14); }
td.none { color: var(--quiet); }
@media print {
  @page { size: landscape; margin: 12mm; }
  body { margin: 0; max-width: none; font-size: 8.5pt; }
  th, td { padding: 0.15rem 0.35rem; }
  h2 { break-after: avoid; }
  div.wide { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def html_page(title: str, parts: Iterable[str]) -> str:
    """A complete page; ``parts`` are HTML."""
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def html_heading(text: str) -> str:
    """A second-level heading."""
    return f"<h2>{escape(text)}</h2>"


def html_note(text: str) -> str:
    """A paragraph of explanation."""
    return f'<p class="note">{escape(text)}</p>'


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of values; integers are right-aligned."""
    return html_cells(headings, ("".join(map(html_cell, row)) for row in rows))


def html_cells(headings: Sequence[str], rows: Iterable[str]) -> str:
    """A table of rows; ``rows`` are the HTML of their cells."""
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def html_cell(value: object) -> str:
    """One cell; empty for None."""
    kind = ' class="number"' if isinstance(value, int) else ""
    return f"<td{kind}>{escape('' if value is None else str(value))}</td>"
