"""From the command to the first rows, and the command line without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.fresh import fresh, fresh_module, run_through
from tests.benchmarks.stopwatch import BOOK, Measured
from tests.benchmarks.store_measures import BASE_MEMORY

_COMMANDS, _WINDOWS = 9, 3
_PASS = "python -c pass"

# What any window of Qt does that shows something of the file.
_BARE_WINDOW = """
import sys
from pathlib import Path
from tests.benchmarks.fresh import tell_the_moment
import orjson
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel(str(len(orjson.loads(Path(sys.argv[1]).read_bytes()))))
label.show()
app.processEvents()
tell_the_moment()
"""
_BEFORE_THE_ROWS = (
    "Opening checks the file’s sum and validates each step of the log; both must be done before "
    "anything may be changed. The rest is Python importing Qt and the window being built."
)


def command_line() -> Iterator[Measured]:
    """The help of the program and of a command, beside a process that does nothing."""
    for what, command in (
        ("mideditor --help", ("-m", "mideditor", "--help")),
        ("of it to import click", ("-c", "import click")),
        ("mideditor check --help", ("-m", "mideditor", "check", "--help")),
    ):
        run_through(*command)
        taken = [(run_through(*command), run_through("-c", "pass")) for _ in range(_COMMANDS)]
        ours, bare = (median(column) for column in zip(*taken, strict=True))
        yield Measured(what, 0, ours, _PASS, bare)


def first_rows(path: Path, size: int) -> Iterator[Measured]:
    """The window of a project with its rows; the best of a few."""
    fresh_module("tests.benchmarks.first_rows", path)  # compiles the modules
    opened = [fresh_module("tests.benchmarks.first_rows", path) for _ in range(_WINDOWS)]
    bare = min(fresh(_BARE_WINDOW, path).work for _ in range(_WINDOWS))
    work, wall = min(one.work for one in opened), min(one.wall for one in opened)
    limit = 1.0 if size <= BOOK else 2.0
    beside, target = "an empty Qt window, orjson.loads", "≤ 1 s the book, 2 s any"
    what = "window with rows, from the command"
    yield Measured(what, size, work, beside, bare, target, limit, _BEFORE_THE_ROWS)
    yield Measured("the same, on the wall", size, wall)
    memory = min(one.memory for one in opened)
    allowed = 3 * path.stat().st_size + BASE_MEMORY
    what, beside = "its peak memory then", "3 × the file + 150 MB"
    yield Measured(what, size, memory, beside, allowed, "≤ 1 ×", allowed, unit="B")
