"""The jobs: each is a fresh process and the measures that it takes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.fresh import ROOT
from tests.benchmarks.stopwatch import BOOK
from tests.benchmarks.store_measures import OPEN

PROJECT, OTHER, TEXT = "project.mid.json", "other.mid.json", "book.txt"
"""The files of a sample: a project, another copy of it, and the printed book."""

_MANY = 20_000
_IN_THE_WINDOW = {
    "edit": (
        "choose the next record",
        "edit in the window",
        "edit in the window, 90th of 100",
        "edit in the window, until idle",
        "undo in the window",
    ),
    "sort": ("sort by a column",),
    "search": ("keystroke in the filter",),
    "merge": ("merge in the window", "merge in the window, longest away"),
    "restore": ("restore in the window", "restore in the window, longest away"),
}
"""The measures of each part of `at_the_window`."""


class Failed(Exception):
    """A process could not take its measures; the message is the last line it wrote."""


@dataclass(frozen=True)
class Job:
    """Runs Python with ``arguments`` in the folder of a sample with ``size`` records, 0 for none.

    It prints a number for each of ``measures``; those named "" are ignored. If it ``prints``
    nothing, the only measure is the CPU time of the whole process.
    """

    measures: tuple[str, ...]
    size: int
    arguments: tuple[str, ...]
    prints: bool = True
    times: int = 1

    def names(self, only: str = "") -> list[str]:
        """The names of the measures with the number of records; "" for those not in ``only``."""
        of = f" · {self.size:,}" if self.size else ""
        named = [f"{measure}{of}" if measure else "" for measure in self.measures]
        return [name if only.casefold() in name.casefold() else "" for name in named]

    def run(self, tree: Path, folder: Path) -> list[float]:
        """Run the program in ``tree``; the medians of all runs. Raises Failed."""
        runs = [self._once(tree, folder) for _ in range(self.times)]
        return [median(numbers) for numbers in zip(*runs, strict=True)]

    def _once(self, tree: Path, folder: Path) -> list[float]:
        started = _child_cpu_time()
        what = next(filter(None, self.names()))
        said = run_in(tree, folder, self.arguments, what)
        return [float(n) for n in said.split()] if self.prints else [_child_cpu_time() - started]


def run_in(tree: Path, folder: Path, arguments: Sequence[str], what: str) -> str:
    """Run Python in a folder, with the program in ``tree``; returns what it prints.

    Raises Failed, with ``what`` in the message.
    """
    places = {
        "PYTHONPATH": os.pathsep.join((str(tree), str(ROOT))),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    command, env = [sys.executable, *arguments], os.environ | places
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip() or "no word").splitlines()[-1]
        raise Failed(f"{what} in {tree}: {last}")
    return done.stdout


def jobs(only: str = "") -> list[Job]:
    """All jobs, or those with a measure whose name contains ``only``."""
    return [job for job in (*_commands(), *_programs(only)) if any(job.names(only))]


def _commands() -> Iterator[Job]:
    """Commands of the command line."""
    for measure, size, command, times in (
        ("command --help", 0, ("--help",), 9),
        ("command import", BOOK, ("import", "new.mid.json", TEXT), 1),
        ("command export", BOOK, ("export", PROJECT, "--to", "out.txt"), 3),
        ("command merge", _MANY, ("merge", PROJECT, OTHER, "--take"), 1),
    ):
        yield Job((measure,), size, ("-m", "mideditor", *command), prints=False, times=times)


def _programs(only: str) -> Iterator[Job]:
    """Programs that take their own measures."""
    opening = ("", "open a project", "peak memory of opening")
    parts = {BOOK: ("edit", "sort", "search"), _MANY: (*_IN_THE_WINDOW,)}
    for size in parts:
        yield Job(opening, size, ("-c", OPEN, PROJECT), times=3)
        rows = ("", "window with rows, from the command", "")
        yield Job(rows, size, ("-m", "tests.benchmarks.first_rows", PROJECT), times=2)
        edits = ("-m", "tests.benchmarks.against.without_window", PROJECT)
        yield Job(("durable edit without window",), size, edits)
        yield from _window(size, parts[size], only)


def _window(size: int, parts: tuple[str, ...], only: str) -> Iterator[Job]:
    """One window for all of the selected parts, since it takes long to get ready."""
    module = ("-m", "tests.benchmarks.against.at_the_window", PROJECT, OTHER)
    each = [Job(_IN_THE_WINDOW[part], size, (part,)) for part in parts]
    selected = [job for job in each if any(job.names(only))]
    if selected:
        measures = tuple(measure for job in selected for measure in job.measures)
        yield Job(
            measures, size, module + tuple(part for job in selected for part in job.arguments)
        )


def _child_cpu_time() -> float:
    """The CPU seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
