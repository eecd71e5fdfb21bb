"""`python -m tests.benchmarks` measures, prints a page of ratios and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.project_measures import project_measures
from tests.benchmarks.stopwatch import Measured
from tests.benchmarks.text_measures import text_measures

_PAGE = """\
# Benchmarks

Written by `make bench`, which measures everything anew in one run. A ratio compares two things
timed in turn in the same run, so that it says much the same on another computer; the times beside
it are of one computer ({computer}). They are the processor's time, which does not
count other programs, but for what waits for the disk (edits, undo, saves, TinyDB’s updates): theirs
is the time on the wall. The texts and records are made up by a seed (`tests/benchmarks/book.py`); a
project of so many records has as many steps in its log. Opening and its peak of memory are those of
a fresh process. A save replaces the file and makes a backup, beside the window’s own work. Targets
are those of the project’s plan, that for sorting in proportion to the records;
`make bench ARGS="--records 2000 20000"` takes other sizes.

{table}

{summary}

What the reader gets right, and how that is found out, is told in [reading.md](reading.md).
"""


def main() -> None:
    """Measure, print and write."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for measured in _all(options, Path(folder)):
            rows.append(measured)
            print(_line(measured), flush=True)  # noqa: T201
    options.to.write_text(_page(rows), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--entries", type=int, default=2237, help="records of the book")
    parser.add_argument("--copies", type=int, default=20, help="copies read at once")
    parser.add_argument("--records", type=int, nargs="+", default=[2000, 20000, 100_000])
    parser.add_argument("--to", type=Path, default=Path("docs/benchmarks.md"))
    return parser.parse_args()


def _all(options: argparse.Namespace, folder: Path) -> Iterable[Measured]:
    yield from text_measures(options.entries, options.copies, folder)
    yield from project_measures(options.records, folder)


def _line(measured: Measured) -> str:
    return (
        f"{measured.what:52} {measured.shown(measured.ours):>9} {measured.ratio:8.2f} × "
        f"{measured.beside:34} {measured.target:10} {_MET[measured.met]}"
    )


def _page(rows: list[Measured]) -> str:
    table = ["| what | time | ratio | beside | target | |", "|---|--:|--:|---|---|---|"]
    table += [
        f"| {row.what} | {row.shown(row.ours)} | {row.ratio:.2f} | {row.beside} "
        f"({row.shown(row.theirs)}) | {row.target} | {_MET[row.met]} |"
        for row in rows
    ]
    missed = [row for row in rows if row.met is False]
    summary = f"{len(rows) - len(missed)} of {len(rows)} are met."
    computer = f"{platform.machine()}, Python {platform.python_version()}"
    return _PAGE.format(computer=computer, table="\n".join(table), summary=summary)


_MET = {True: "met", False: "**missed**", None: ""}


if __name__ == "__main__":
    main()
