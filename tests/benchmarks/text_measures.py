"""The text room measured: reading one book and many, writing, and a whole import and export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mideditor.domain.record import Entry, Record
from mideditor.reference.state_list import bundled_states
from mideditor.session.exporting import export
from mideditor.session.importing import read_text
from mideditor.session.session import Session
from mideditor.text.reader import ignore, read_chapter
from mideditor.text.writer import write_records
from tests.benchmarks.book import made_up_records, printed
from tests.benchmarks.stopwatch import Measured, in_turn, timed

_SLACK = 1.125
"""A job n times as large may take this many times n as long: 45 for 40."""


def text_measures(entries: int, copies: int, folder: Path) -> Iterator[Measured]:
    """Reader, writer, import and export of a book of so many entries."""
    records = made_up_records(entries)
    book = printed(records)
    yield from _reading(book, copies)
    yield _writing(records)
    yield from _through_a_project(book, folder)


def _reading(book: str, copies: int) -> Iterator[Measured]:
    states = bundled_states()
    read_chapter(book[:100_000], "book", states)  # loads the frequencies of words
    one, scan = in_turn(lambda: read_chapter(book, "book", states), book.split, 3)
    size = f"{len(book.encode()) / 1e6:.1f} MB"
    yield Measured(f"read the book ({size})", one, "text.split()", scan, "≤ 2 s", one <= 2)
    many = timed(lambda: read_chapter(book * copies, "books", states))
    met = many <= copies * _SLACK * one
    target = f"≤ {copies * _SLACK:.0f} ×"
    yield Measured(f"read {copies} copies of it", many, "reading one", one, target, met)


def _writing(records: list[Record]) -> Measured:
    sentences = [record.coding_changes if isinstance(record, Entry) else () for record in records]
    pairs = list(zip(records, sentences, strict=True))
    text = write_records(pairs)
    written, scan = in_turn(lambda: write_records(pairs), text.split, 3)
    return Measured("write its records", written, "text.split()", scan, "≤ 1 s", written <= 1)


def _through_a_project(book: str, folder: Path) -> Iterator[Measured]:
    path = folder / "book.txt"
    path.write_text(book, encoding="utf-8")
    states = bundled_states()
    count = 0

    def import_it() -> None:
        nonlocal count
        count += 1
        with Session.open(folder / f"book-{count}.mid.json", "bench", create=True) as session:
            text = read_text(path, states, ignore)
            session.add(text.reading.records, sources=[text.document()])

    whole, only_read = in_turn(import_it, lambda: read_chapter(book, "book", states), 3)
    yield Measured(
        "import it: read, step, project file", whole, "reading", only_read, "≤ 2 s", whole <= 2
    )
    with Session.open(folder / "book-1.mid.json", "bench") as session:
        exported, scan = in_turn(lambda: export(session, "text", ignore), book.split, 3)
    yield Measured(
        "export it from the project", exported, "text.split()", scan, "≤ 1 s", exported <= 1
    )
