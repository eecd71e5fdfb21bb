"""What is measured: each job is a fresh process, and the measures that it takes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.fresh import ROOT
from tests.benchmarks.stopwatch import BOOK
from tests.benchmarks.store_measures import OPEN

PROJECT, OTHER, TEXT = "project.mid.json", "other.mid.json", "book.txt"
"""The files of a sample: a project, another copy of it, and the book as it is printed."""

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
"""The parts of `at_the_window`, with their measures."""


class Failed(Exception):
    """The last words of a process that could not take its measures."""


@dataclass(frozen=True)
class Job:
    """Python with ``arguments``, in the folder of a sample of so many records; 0 needs no sample.

    It prints a number for each of ``measures``; one named "" is not looked at. Where it ``prints``
    none, the only measure is the processor's time for the whole process.
    """

    measures: tuple[str, ...]
    size: int
    arguments: tuple[str, ...]
    prints: bool = True
    times: int = 1

    def names(self, only: str = "") -> list[str]:
        """The measures with the number of records, but "" for those that ``only`` leaves out."""
        of = f" · {self.size:,}" if self.size else ""
        named = [f"{measure}{of}" if measure else "" for measure in self.measures]
        return [name if only.casefold() in name.casefold() else "" for name in named]

    def run(self, tree: Path, folder: Path) -> list[float]:
        """The numbers of the program in ``tree``, each the median of all runs; raises Failed."""
        runs = [self._once(tree, folder) for _ in range(self.times)]
        return [median(numbers) for numbers in zip(*runs, strict=True)]

    def _once(self, tree: Path, folder: Path) -> list[float]:
        places = {
            "PYTHONPATH": os.pathsep.join((str(tree), str(ROOT))),
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        command, env = [sys.executable, *self.arguments], os.environ | places
        begun = _processor_time()
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        if done.returncode:
            last = (done.stderr.strip() or "no word").splitlines()[-1]
            raise Failed(f"{next(filter(None, self.names()))} in {tree}: {last}")
        return (
            [float(n) for n in done.stdout.split()] if self.prints else [_processor_time() - begun]
        )


def jobs(only: str = "") -> list[Job]:
    """All jobs, or those with a measure whose name contains ``only``."""
    return [job for job in (*_commands(), *_programs(only)) if any(job.names(only))]


def _commands() -> Iterator[Job]:
    """Commands of the command line, as they are typed."""
    for measure, size, command, times in (
        ("command --help", 0, ("--help",), 9),
        ("command import", BOOK, ("import", "new.mid.json", TEXT), 1),
        ("command export", BOOK, ("export", PROJECT, "--to", "out.txt"), 3),
        ("command merge", _MANY, ("merge", PROJECT, OTHER, "--take"), 1),
    ):
        yield Job((measure,), size, ("-m", "mideditor", *command), prints=False, times=times)


def _programs(only: str) -> Iterator[Job]:
    """Programs that measure from within."""
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
    """One window for all of its parts that are wanted: it takes long to get ready."""
    module = ("-m", "tests.benchmarks.against.at_the_window", PROJECT, OTHER)
    each = [Job(_IN_THE_WINDOW[part], size, (part,)) for part in parts]
    wanted = [job for job in each if any(job.names(only))]
    if wanted:
        measures = tuple(measure for job in wanted for measure in job.measures)
        yield Job(measures, size, module + tuple(part for job in wanted for part in job.arguments))


def _processor_time() -> float:
    """The seconds that ended child processes have had of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
