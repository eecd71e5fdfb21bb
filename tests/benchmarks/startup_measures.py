"""Measures of startup: from the command to the first rows, and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.fresh import fresh, fresh_module, wall_time_of
from tests.benchmarks.stopwatch import BOOK, Measured
from tests.benchmarks.store_measures import BASE_MEMORY

_COMMANDS, _WINDOWS = 9, 3
_PASS = "python -c pass"

# The least that a Qt window showing something of the file must do.
_BARE_WINDOW = """
import sys
from pathlib import Path
from tests.benchmarks.fresh import report_usage
import orjson
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel(str(len(orjson.loads(Path(sys.argv[1]).read_bytes()))))
label.show()
app.processEvents()
report_usage()
"""
_BEFORE_THE_ROWS = (
    "Opening checks the file’s sum and validates each step of the log; both must be done before "
    "anything may be changed. The rest is Python importing Qt and the window being built."
)


def command_line() -> Iterator[Measured]:
    """The help of the program and of a command, against a process that does nothing."""
    for what, command in (
        ("mideditor --help", ("-m", "mideditor", "--help")),
        ("of it to import click", ("-c", "import click")),
        ("mideditor check --help", ("-m", "mideditor", "check", "--help")),
    ):
        wall_time_of(*command)
        taken = [(wall_time_of(*command), wall_time_of("-c", "pass")) for _ in range(_COMMANDS)]
        ours, bare = (median(column) for column in zip(*taken, strict=True))
        yield Measured(what, 0, ours, _PASS, bare)


def first_rows(path: Path, size: int) -> Iterator[Measured]:
    """From the command to a window with rows; the best of several runs."""
    fresh_module("tests.benchmarks.first_rows", path)  # compiles the modules
    opened = [fresh_module("tests.benchmarks.first_rows", path) for _ in range(_WINDOWS)]
    bare = min(fresh(_BARE_WINDOW, path).cpu for _ in range(_WINDOWS))
    work, wall = min(one.cpu for one in opened), min(one.wall for one in opened)
    limit = 1.0 if size <= BOOK else 2.0
    baseline, target = "an empty Qt window, orjson.loads", "≤ 1 s the book, 2 s any"
    what = "window with rows, from the command"
    yield Measured(what, size, work, baseline, bare, target, limit, _BEFORE_THE_ROWS)
    yield Measured("the same, on the wall", size, wall)
    memory = min(one.memory for one in opened)
    allowed = 3 * path.stat().st_size + BASE_MEMORY
    what, baseline = "its peak memory then", "3 × the file + 150 MB"
    yield Measured(what, size, memory, baseline, allowed, "≤ 1 ×", allowed, unit="B")
