"""Measures of reading and writing text, and of a whole import and export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from mideditor.domain.record import Entry, Record
from mideditor.reference.state_list import bundled_states
from mideditor.session.imports.importing import ImportedText, read_text
from mideditor.session.project.exporting import export
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.text.reader import read_chapter
from mideditor.text.writer import write_records
from tests.benchmarks.book import made_up_records, printed
from tests.benchmarks.stopwatch import BOOK, Measured, repeats_for, time_alternately

_SLACK = 1.125
"""A job n times as large may take this many times n as long, such as 45 times for n = 40."""

_BARE = "text.split()"
_OUT_OF_REACH = "So many lines, words and records are more than the processor keeps at hand."
_GROWING = {
    "read a book": _OUT_OF_REACH,
    "import it": f"Reading grows less. {_OUT_OF_REACH}",
    "export it as text": (
        "Of a large project the session keeps the last 4,000 records, and to let one go takes time."
    ),
}
"""Measures that should cost the same per record, with the reason why they may not."""


def text_measures(sizes: Sequence[int], folder: Path) -> Iterator[Measured]:
    """Reading, writing, import and export of books of these sizes, and how their cost grows."""
    read_chapter("950 Chapter 7\nword-\nwords", "", bundled_states())  # fills the caches
    smallest: dict[str, Measured] = {}
    for size in sizes:
        for measured in _one_book(size, folder):
            yield measured
            first = smallest.setdefault(measured.what, measured)
            if first is not measured and measured.what in _GROWING:
                yield _cost_per_record(measured, first)


def _cost_per_record(measured: Measured, first: Measured) -> Measured:
    """The cost per record, against that in the smallest book."""
    ours, theirs = measured.ours / measured.size, first.ours / first.size
    return replace(
        measured,
        what=f"{measured.what}, a record of it",
        ours=ours,
        baseline=f"a record of {first.size:,}",
        theirs=theirs,
        target=f"≤ {_SLACK:.2f} ×",
        limit=_SLACK * theirs,
        reason=_GROWING[measured.what],
    )


def _one_book(size: int, folder: Path) -> Iterator[Measured]:
    records = made_up_records(size)
    book, path = printed(records), folder / f"book-{size}.txt"
    path.write_text(book, encoding="utf-8")
    times, texts = repeats_for(size), list[ImportedText]()
    states = bundled_states()
    read, split = time_alternately(
        lambda: texts.append(run_now(read_text(path, states))), book.split, times
    )
    del texts[1:]
    yield Measured("read a book", size, read, _BARE, split, *_of_the_book(2.0, size))
    yield _writing(records, size, book)
    number = count()

    def add() -> None:
        project = folder / f"book-{size}-{next(number)}.mid.json"
        with Session.open(project, "bench", create=True) as session:
            session.add(texts[0].reading.records, sources=[texts[0].as_source()])

    added, split = time_alternately(add, book.split, times)
    whole = read + added
    yield Measured("import it", size, whole, _BARE, split, *_of_the_book(2.0, size))
    texts.clear()
    with Session.open(folder / f"book-{size}-0.mid.json", "bench", read_only=True) as session:
        out, split = time_alternately(lambda: run_now(export(session, "text")), book.split, 1)
        again, bare = time_alternately(lambda: run_now(export(session, "text")), book.split, times)
    yield Measured("export it as text", size, out, _BARE, split, *_of_the_book(1.0, size))
    yield Measured("export it once more", size, again, _BARE, bare)


def _of_the_book(seconds: float, size: int) -> tuple[str, float | None]:
    """A target that applies to books of the printed size only, and its limit."""
    return f"≤ {seconds:.0f} s for the book", seconds if size <= BOOK else None


def _writing(records: Sequence[Record], size: int, book: str) -> Measured:
    sentences = [record.coding_changes if isinstance(record, Entry) else () for record in records]
    pairs = list(zip(records, sentences, strict=True))
    written, split = time_alternately(lambda: write_records(pairs), book.split, repeats_for(size))
    return Measured("write its records", size, written, _BARE, split)
