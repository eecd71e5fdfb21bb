"""`python -m tests.benchmarks.comparing_measures` times the comparison of the made-up book.

It needs the corpora and the published tables beside the project (../shared). Each time is beside
that of an export of the whole book, taken in turn in the same run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mideditor.domain.reports.comparison import open_differences_in
from mideditor.domain.steps import StepKind
from mideditor.reference.published_files import read_tables
from mideditor.reference.published_rules import table_findings
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.project.exporting import export
from mideditor.session.published.published_comparison import (
    PublishedComparison,
    apply_published,
    compare,
)
from mideditor.session.session import Session
from tests.benchmarks.stopwatch import WAITING, in_turn
from tests.reference.tables import MIDA, MIDB, SHARED

_TIMES = 5
_FAULT = ("outcome", "Unclear", "Stalemate")


def main() -> None:
    """Measure and print, one line each."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Session.open(Path(folder) / "book.mid.json", "bench", create=True) as session,
    ):
        texts = sorted((SHARED / "corpus" / "book").glob("*.txt"))
        add_texts(session, [read_text(path, session.states, _unseen) for path in texts])
        for what, job in _jobs(session):
            ours, bare = in_turn(job, lambda: export(session, "text", _unseen), _TIMES, WAITING)
            print(f"{what:52} {ours:6.3f} s  {ours / bare:5.2f} × an export")  # noqa: T201


def _jobs(session: Session) -> Iterator[tuple[str, Callable[[], object]]]:
    tables = read_tables(MIDA, MIDB)
    yield "read both published tables", lambda: read_tables(MIDA, MIDB)
    yield "check them by all rules", lambda: table_findings(tables, session.states)
    found = compare(session, tables, _unseen)
    yield f"compare {found.entries} entries", lambda: compare(session, tables, _unseen)
    comparing = PublishedComparison(session, tables)
    comparing.whole(_unseen)
    yield "once more, nothing changed", lambda: comparing.whole(_unseen)
    chosen = open_differences_in(found.fields, *_FAULT)

    def take_and_undo() -> None:
        apply_published(session, chosen, StepKind.CODING, "As published", found.citation)
        session.undo()

    yield f"take over {len(chosen)} values, and undo it", take_and_undo


def _unseen(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


if __name__ == "__main__":
    main()
