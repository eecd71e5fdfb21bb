"""A chapter as it might be extracted from a book, and sessions that have imported it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mideditor.domain.changes import ChangeKind, FieldChanged
from mideditor.domain.record import RecordId
from mideditor.domain.record_ids import derived_id
from mideditor.domain.sources import source_id
from mideditor.domain.steps import Step
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.session import Clock, Session, utc_now
from mideditor.session.work import run_now
from mideditor.store.project import Project
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


def id_at(text: str, line: str, count: int = 0) -> RecordId:
    """The id of the record of a text whose first own line begins like this.

    ``line`` may go on in the next lines, where one line alone is not enough.
    """
    before = f"\n{text}".index(f"\n{line}")
    return derived_id(source_id(text.encode("utf-8")), text[:before].count("\n") + 1, count)


FRAGMENT, ALASKA, TRAINER, REFERENCE = (
    id_at(CHAPTER, line) for line in ("and the last", "MID#2899", "MID#2220", "MID#611")
)
"""The ids of the records of `CHAPTER`."""


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


Opener = Callable[[Path, bool, Clock], Project]
"""Opens the project at a path; makes it if told so. The clock is that of the backups."""


def open_project_file(path: Path, create: bool, now: Clock) -> Project:
    """The project file at a path."""
    return ProjectStore.open(path, create=create, now=now)


opener: ContextVar[Opener] = ContextVar("opener", default=open_project_file)
"""The store of the projects that `open_session` opens."""


def open_session(
    path: Path, author: str = "Ana", *, create: bool = False, clock: Clock | None = None
) -> Session:
    """The session of a project in the store of the test, with its own clock."""
    times = ticking()
    return Session(opener.get()(path, create, utc_now), author, clock or (lambda: next(times)))


def imported(
    folder: Path, text: str = CHAPTER, name: str = "chapter 7", author: str = "Ana"
) -> Session:
    """The open session of a new project whose first step imports ``text``."""
    session = open_session(folder / f"{name}.mid.json", author, create=True)
    import_text(session, folder / f"{name}.txt", text)
    return session


def import_text(session: Session, path: Path, text: str) -> list[RecordId]:
    """Write ``text`` to ``path`` and import it; returns the ids of the new records."""
    path.write_text(text, encoding="utf-8")
    before = set(session.ids())
    add_texts(session, [run_now(read_text(path, session.states))])
    return [record for record in session.ids() if record not in before]


def correct(session: Session, record: RecordId, **values: object) -> int:
    """Correct fields of a record; returns the number of the step."""
    step = session.edit(ChangeKind.CORRECTION, {record: values})
    assert step is not None
    return step.number


def field_changes(step: Step) -> list[FieldChanged]:
    """The changes of a step, all of which must be changed fields."""
    assert all(isinstance(change, FieldChanged) for change in step.changes)
    return [change for change in step.changes if isinstance(change, FieldChanged)]


def file_of(session: Session) -> ProjectStore:
    """The project file of a session."""
    assert isinstance(session.file, ProjectStore)
    return session.file


def quiet(_done: int, _total: int) -> None:
    """Ignores progress."""


def reopened(session: Session) -> Session:
    """The project closed and opened again."""
    session.close()
    return open_session(session.path, session.author)
