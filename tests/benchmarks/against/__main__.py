"""`python -m tests.benchmarks.against REVISION` measures this checkout beside another revision.

Each measure is taken in fresh processes of both, in pairs that begin by turns: old new, new old and
so on. What counts is the median of the ratios new / old. Times are processor time, which suffers
least from other programs; only a durable edit is timed by the clock. Exits 1 if a measure is over
1.10 × the other revision, and 2 if one could not be taken.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.against.jobs import Failed, Job, jobs
from tests.benchmarks.against.pairs import Comparison, markdown, pair, summary, table
from tests.benchmarks.against.revision import CheckoutError, checked_out
from tests.benchmarks.against.samples import Sides, make_samples, sample_copy
from tests.benchmarks.fresh import ROOT, isolate_environment
from tests.benchmarks.output_option import output_option

_STARTED = time.monotonic()


def main() -> int:
    """Measure and print; returns the exit code."""
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that temporary files are removed
    try:
        with TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            with checked_out(options.revision, ROOT, folder / "old") as old:
                isolate_environment(folder)
                return _against(old, folder, options)
    except (CheckoutError, Failed) as reason:
        print(reason, file=sys.stderr)  # noqa: T201
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201
    return 2


def measure_pairs(
    job: Job, samples: Sides, trees: Sides, pairs: int, only: str = ""
) -> list[Comparison]:
    """The measures of a job in two trees, the old and the new one, each on its own sample.

    Raises Failed.
    """

    def take(side: int) -> list[float]:
        with sample_copy(samples[side]) as folder:
            return job.run(trees[side], folder)

    names, taken = job.names(only), []
    for number in range(pairs):
        taken.append(pair(number, take))
        _log(f"pair {number + 1} of {pairs}: {next(filter(None, names))}")
    return [
        Comparison(name, [(old[place], new[place]) for old, new in taken])
        for place, name in enumerate(names)
        if name
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.against", description=__doc__)
    parser.add_argument("revision", help="a commit, branch or tag to compare this checkout with")
    parser.add_argument(
        "--pairs", type=int, default=5, metavar="N", help="pairs of runs, 5 by default"
    )
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="measures with this in the name"
    )
    parser.add_argument(
        "--to", type=output_option, metavar="FILE", help="write the table as Markdown, too"
    )
    options = parser.parse_args()
    if options.pairs < 1:
        parser.error("there must be at least one pair")
    if not jobs(options.only):
        names = "; ".join(name for job in jobs() for name in job.names() if name)
        parser.error(f"no measure has “{options.only}” in its name. There are: {names}")
    return options


def _against(old: str, folder: Path, options: argparse.Namespace) -> int:
    """Compare with the revision checked out in ``folder`` and print; returns the exit code."""
    selected, trees = jobs(options.only), (folder / "old", ROOT)
    _log(f"Comparing this checkout with {old}; pairs of runs: {options.pairs}.")
    packages = [str(tree / "mideditor") for tree in trees]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *packages], check=True)
    samples: dict[int, Sides] = {}
    for size in sorted({job.size for job in selected}):
        samples[size] = make_samples(folder / "samples" / str(size), size, trees)
        if size:
            _log(f"Made a project of {size:,} records.")
    rows, failed = list[Comparison](), False
    for job in selected:
        try:
            rows += measure_pairs(job, samples[job.size], trees, options.pairs, options.only)
        except Failed as reason:
            failed = True
            _log(f"NOT MEASURED: {reason}")
    print(f"\n{table(rows, old)}\n\n{summary(rows, old)}")  # noqa: T201
    if options.to:
        options.to.write(markdown(rows, old).encode("utf-8"))
    if failed:
        return 2
    return 1 if any(row.verdict == "worse" for row in rows) else 0


def _log(line: str) -> None:
    print(f"{time.monotonic() - _STARTED:4.0f} s  {line}", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
