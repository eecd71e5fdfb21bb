"""How often each rule reports something: ``python -m tests.rules.rates [PROJECT]``.

Without a project, the made-up book in ``../shared/corpus/book`` is read. Prints the number of
findings of each rule and of records with findings, as in docs/rules.md, and the processor time of a
check of the whole project.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mideditor.domain.rules.table import RULES
from mideditor.session.checks.checks import Checks
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.session import Session
from mideditor.session.work import run_now

BOOK = Path(__file__).parents[3] / "shared" / "corpus" / "book"


def rates(session: Session) -> dict[str, tuple[int, int]]:
    """The number of findings and of records with findings, by rule."""
    counts: Counter[str] = Counter()
    records: Counter[str] = Counter()
    checks = Checks(session)
    for record in session.ids():
        found = [finding.rule for finding in checks.of(record)]
        counts.update(found)
        records.update(set(found))
    return {rule: (counts[rule], records[rule]) for rule in RULES}


@contextmanager
def book_session() -> Iterator[Session]:
    """A session with the made-up book imported."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.mid.json"
        with Session.open(path, "figures", create=True) as session:
            texts = sorted(BOOK.glob("*.txt"))
            add_texts(session, [run_now(read_text(text, session.states)) for text in texts])
            yield session


def _quiet(_done: int, _total: int) -> None:
    """Ignores progress."""


def _processor_time(session: Session) -> float:
    """The processor time of a check of the whole project, in seconds: the minimum of several."""
    times = []
    for _ in range(7):
        checks, before = Checks(session), time.process_time()
        for _ in checks.all():
            pass
        times.append(time.process_time() - before)
    return min(times)


def _show(session: Session) -> None:
    count = len(session.ids())
    for rule, (findings, records) in rates(session).items():
        print(f"{findings:6} {records:6} {records / count:7.2%}  {rule}")  # noqa: T201
    seconds = _processor_time(session)
    print(  # noqa: T201
        f"{count} records: {seconds:.2f} s of a processor, {1000 * seconds / count:.2f} ms each"
    )


def main() -> None:
    """Print the rates for the given project, or for the book."""
    if len(sys.argv) > 1:
        with Session.open(Path(sys.argv[1]), "figures", read_only=True) as session:
            _show(session)
    elif BOOK.exists():
        with book_session() as session:
            _show(session)
    else:
        sys.exit(f"There is no book at {BOOK}. Name a project instead.")


if __name__ == "__main__":
    main()
