"""Steps to commit in store tests: each sets the page of record 1 to the step's number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mideditor.domain.steps import FieldChange, Step, StepKind, new_step
from mideditor.store.project_store import ProjectStore


def append_steps(store: ProjectStore, count: int, author: str = "Ana") -> list[int]:
    """Commit ``count`` more steps; returns their numbers."""
    return [append_step(store, author) for _ in range(count)]


def append_step(store: ProjectStore, author: str = "Ana", reason: str = "") -> int:
    """Commit one more step; returns its number."""
    log = store.contents.log
    last = Step.model_validate(log[len(log)]) if log else None
    number = len(log) + 1
    step = new_step(
        after=last,
        time=datetime(2026, 3, 14, tzinfo=UTC),
        author=author,
        kind=StepKind.CORRECTION,
        changes=(FieldChange(record=1, field="page", old=number - 1, new=number),),
        reason=reason,
    )
    store.append(step.model_dump(mode="json"), {1: {"kind": "fragment", "page": number}})
    return number


def project_with(path: Path, count: int, author: str = "Ana") -> Path:
    """Create and close a project with ``count`` steps."""
    store = ProjectStore.open(path, create=True)
    append_steps(store, count, author)
    store.close()
    return path


def crashed_project(path: Path, saved: int, unsaved: int, author: str = "Ana") -> Path:
    """Create a project as a crash leaves it: the last ``unsaved`` steps only in the journal."""
    store = ProjectStore.open(path, create=True)
    append_steps(store, saved, author)
    if saved:
        store.snapshot()
    append_steps(store, unsaved, author)
    store.abandon()
    return path


def journal_of(path: Path) -> Path:
    """The journal file of a project."""
    return path.with_name(f"{path.name}.journal")


def numbers(path: Path) -> list[int]:
    """The numbers of the steps in a project, opened read-only."""
    return [
        step["number"] for step in ProjectStore.open(path, read_only=True).contents.log.values()
    ]


def files_of(folder: Path) -> list[str]:
    """The names of the files in a folder, without the backup folders."""
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(".backups"))


def backups_of(path: Path) -> Path:
    """The backup folder of a project."""
    return path.with_name(f"{path.name}.backups")


def hourly_clock() -> Iterator[datetime]:
    """Times one hour apart, starting at noon on 14 March 2026."""
    time = datetime(2026, 3, 14, 12, tzinfo=UTC)
    while True:
        yield time
        time += timedelta(hours=1)
