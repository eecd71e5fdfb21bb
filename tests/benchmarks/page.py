"""The benchmark page: a table per theme and a column per number of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.benchmarks.stopwatch import Measured, format_amount

_HEAD = """\
# Benchmarks

Written by `make bench`, which measures everything anew in one run; this one took {minutes}.

A cell says how long it took, and how many times as long as what it is **beside**: a bound that no
program could beat, or another program, timed in turn in the same run. So the ratios say much the
same on another computer; the times are of one ({computer}). They are the
processor’s, which does not count other programs. What waits for the disk or for another process is
timed on the wall: edits, undo, saves, TinyDB’s update, the command line, other programs.

The records are made up by a seed (`tests/benchmarks/book.py`), printed as the chapters are, of
{states} states; a project of so many records has as many steps in its log. Opening, the window and
its memory are those of fresh processes that find the modules compiled, as every start but the first
does. Where a target is for 100,000 records and a cell for fewer, the target was taken in
proportion, but not below 10 ms. `make bench ARGS="--records 2237 20000"` takes other sizes.
`make bench AGAINST=HEAD~1` compares this checkout with another revision, and writes no page.
"""

_TAIL = """\
## What is not timed

What the reader gets right is told in [reading.md](reading.md); that a project survives being killed
at any moment is tried by `python -m tests.store.kills`, and that the reader survives any input by
`python -m tests.text.fuzz`.
"""

Themes = Mapping[str, Sequence[Measured]]


def page(themes: Themes, picture: str, notes: Mapping[str, str], **about: str) -> str:
    """The page as Markdown.

    ``picture`` is the file of the plot, "" for none; ``notes`` are sentences below the table of a
    theme; ``about`` fills in the head.
    """
    blocks = [_HEAD.format(**about), _targets([row for rows in themes.values() for row in rows])]
    if picture:
        blocks.append(f"![How cost grows with the number of records]({picture})\n")
    for theme, rows in themes.items():
        note = f"\n{notes[theme]}\n" if notes.get(theme) else ""
        blocks.append(f"## {theme}\n\n{_table(rows)}\n{note}")
    return "\n".join([*blocks, _TAIL])


def _targets(rows: Sequence[Measured]) -> str:
    """How many targets are met, and the missed ones with their reasons."""
    with_target = [row for row in rows if row.met is not None]
    missed = [row for row in with_target if not row.met]
    met = f"**{len(with_target) - len(missed)} of {len(with_target)} targets are met.**"
    if not missed:
        return f"## Targets\n\n{met}\n"
    by_name = ([row for row in missed if row.what == what] for what in _unique_names(missed))
    lines = "\n".join(map(_describe_miss, by_name))
    return f"## Targets\n\n{met} These are not:\n\n{lines}\n"


def _unique_names(rows: Sequence[Measured]) -> list[str]:
    return list(dict.fromkeys(row.what for row in rows))


def _describe_miss(missed: Sequence[Measured]) -> str:
    """A measure that missed its target: by how much for each number of records, and why."""
    first = missed[0]
    far = ", ".join(
        f"{format_amount(row.ours, row.unit)}{_of(row.size)} "
        f"({_times(row.ours / row.limit)} the target)"
        for row in missed
        if row.limit
    )
    return f"- *{first.what}* {first.target}: {far}. {first.reason}".rstrip()


def _of(size: int) -> str:
    return f" with {size:,} records" if size else ""


def _table(rows: Sequence[Measured]) -> str:
    sizes = sorted({row.size for row in rows})
    cells = {(row.what, row.size): row for row in rows}
    first = {row.what: row for row in reversed(rows)}
    heads = [f"{size:,} records" if size else "time" for size in sizes]
    lines = [
        f"| what | {' | '.join(heads)} | beside | target |",
        f"|---|{'--:|' * len(sizes)}---|---|",
    ]
    for what in _unique_names(rows):
        cells_of_row = [_cell(cells[what, size]) if (what, size) in cells else "" for size in sizes]
        row = first[what]
        lines.append(f"| {what} | {' | '.join(cells_of_row)} | {row.baseline} | {row.target} |")
    return "\n".join(lines)


def _cell(row: Measured) -> str:
    text = format_amount(row.ours, row.unit)
    if row.ratio is not None:
        text += f" · {_times(row.ratio)}"
    return f"**{text}**" if row.met is False else text


def _times(ratio: float) -> str:
    if ratio >= 100:
        return f"{ratio:,.0f} ×"
    return f"{ratio:.1f} ×" if ratio >= 10 else f"{ratio:.2f} ×"
