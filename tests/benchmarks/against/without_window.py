"""`python -m tests.benchmarks.against.without_window PROJECT` times durable edits of a session."""

from __future__ import annotations

import sys
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

from mideditor.session.session import Session
from tests.benchmarks.against.found import STEP_KIND, found

_EDITS = 300


def main() -> None:
    """Print the median time of an edit."""
    with Session.open(Path(sys.argv[1]), "bench") as session:
        entries = [one for one in session.ids() if session.record(one).kind == "entry"]
        times = []
        for record, number in zip(islice(cycle(entries), _EDITS), count(500_000), strict=False):
            started = perf_counter()
            values = {record: {"dispute_number": number}}
            session.edit(found(STEP_KIND).CORRECTION, values, reason="b")
            times.append(perf_counter() - started)
    print(median(times))  # noqa: T201


if __name__ == "__main__":
    main()
