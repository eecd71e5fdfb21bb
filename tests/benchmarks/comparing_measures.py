"""`python -m tests.benchmarks.comparing_measures` times the comparison of the made-up book.

It needs the corpora and the published tables in ../shared. Each time is shown with its ratio to an
export of the whole book, timed alternately in the same run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.reports.comparison import open_differences_in
from mideditor.reference.published_files import read_tables
from mideditor.reference.published_rules import table_findings
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.project.exporting import export
from mideditor.session.published.apply_published import apply_published
from mideditor.session.published.published_comparison import PublishedComparison, compare
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.benchmarks.stopwatch import WALL_TIME, time_alternately
from tests.reference.tables import MIDA, MIDB, SHARED

_TIMES = 5
_FAULT = ("outcome", "Unclear", "Stalemate")


def main() -> None:
    """Measure, and print a line for each measure."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Session.open(Path(folder) / "book.mid.json", "bench", create=True) as session,
    ):
        texts = sorted((SHARED / "corpus" / "book").glob("*.txt"))
        add_texts(session, [run_now(read_text(path, session.states)) for path in texts])
        for what, job in _jobs(session):
            ours, bare = time_alternately(
                job, lambda: run_now(export(session, "text")), _TIMES, WALL_TIME
            )
            print(f"{what:52} {ours:6.3f} s  {ours / bare:5.2f} × an export")  # noqa: T201


def _jobs(session: Session) -> Iterator[tuple[str, Callable[[], object]]]:
    tables = read_tables(MIDA, MIDB)
    yield "read both published tables", lambda: read_tables(MIDA, MIDB)
    yield "check them by all rules", lambda: table_findings(tables, session.states)
    found = run_now(compare(session, tables))
    yield f"compare {found.entries} entries", lambda: run_now(compare(session, tables))
    comparing = PublishedComparison(session, tables)
    run_now(comparing.whole())
    yield "once more, nothing changed", lambda: run_now(comparing.whole())
    selected = open_differences_in(found.fields, *_FAULT)

    def take_and_undo() -> None:
        run_now(
            apply_published(session, selected, ChangeKind.CODING, "As published", found.citation)
        )
        session.undo()

    yield f"take over {len(selected)} values, and undo it", take_and_undo


if __name__ == "__main__":
    main()
