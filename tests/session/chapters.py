"""A chapter as it might be extracted from a book, and sessions that have imported it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mideditor.domain.record import RecordId
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.store.project_store import ProjectStore

CHAPTER = """\
942 Chapter 7
and the last of the crates was loaded again under the eyes of the inspectors.
Coding changes: Start Date changed from January 28, 1962.
MID#2899
Dispute Number: 2899
Date(s): March 15, 1963
Participants: 365 Russia/2 United States of America
Outcome (and Settlement): Unclear (None)
Fatalities: None
Narrative: Two reconnaissance planes crossed the coast of Alaska and turned back. The note
of protest was answered with a denial.
MID#2220
Dispute Number: 2220
Date(s): January 28, 1964 to March 27, 1964
Participants: 2 United States of America/365 Russia
Outcome (and Settlement): Released (None)
Fatalities: None
Narrative: A trainer that had lost its way over the border was brought down by fighters.
Coding changes: Settlement changed from Imposed.
MID#611
Started in May 1964. See the narrative in the 2 United States of America/816 Vietnam
dyad dispute list.
"""
FRAGMENT, ALASKA, TRAINER, REFERENCE = 1, 2, 3, 4
"""The ids that the records of `CHAPTER` get in a new project."""


def one_entry(number: int) -> str:
    """A chapter of one entry."""
    return f"""\
MID#{number}
Dispute Number: {number}
Date(s): May 1911
Participants: 100 Colombia/135 Peru
Outcome (and Settlement): Stalemate (None)
Fatalities: None
Narrative: A gunboat entered the river and left it after two days.
"""


def ticking() -> Iterator[datetime]:
    """Times one minute apart, from noon on a day in March."""
    time = datetime(2026, 3, 14, 12, tzinfo=UTC)
    while True:
        yield time
        time += timedelta(minutes=1)


def open_session(path: Path, author: str = "Ana", *, create: bool = False) -> Session:
    """The session of a project, with its own clock."""
    clock = ticking()
    return Session(ProjectStore.open(path, create=create), author, lambda: next(clock))


def imported(folder: Path, text: str = CHAPTER, name: str = "chapter 7") -> Session:
    """The open session of a new project whose first step imports ``text``."""
    session = open_session(folder / f"{name}.mid.json", create=True)
    import_text(session, folder / f"{name}.txt", text)
    return session


def import_text(session: Session, path: Path, text: str) -> list[RecordId]:
    """Write ``text`` to ``path`` and import it; returns the ids of the new records."""
    path.write_text(text, encoding="utf-8")
    before = set(session.ids())
    add_texts(session, [run_now(read_text(path, session.states))])
    return [record for record in session.ids() if record not in before]


def quiet(_done: int, _total: int) -> None:
    """Ignores progress."""


def reopened(session: Session) -> Session:
    """The project closed and opened again."""
    session.close()
    return open_session(session.path, session.author)
