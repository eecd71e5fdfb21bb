"""`python -m tests.benchmarks.at_the_desk PROJECT SIZE` measures one window in a fresh process.

It prints one line of JSON for each measure, which `at_the_desk` reads.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import orjson

from mideditor.files.gc_tuning import collect_young_only
from tests.benchmarks.fresh import ROOT
from tests.benchmarks.stopwatch import Measured


def at_the_desk(path: Path, size: int) -> Iterator[Measured]:
    """Run `window_measures` in a fresh process, and yield each measure as it arrives."""
    command = [sys.executable, "-m", "tests.benchmarks.at_the_desk", str(path), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Measured(**orjson.loads(line))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def main() -> None:
    """Measure, and print each measure as soon as it is taken."""
    from tests.benchmarks.window_measures import (
        window_measures,
    )  # imports Qt, which the parent must not

    collect_young_only()
    for measured in window_measures(Path(sys.argv[1]), int(sys.argv[2])):
        print(orjson.dumps(asdict(measured)).decode(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
