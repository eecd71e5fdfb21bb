"""Steps to commit in store tests: each sets the page of record 1 to the step's number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mideditor.domain.changes import Change, ChangeKind, RecordAdded
from mideditor.domain.record import Fragment, document_of
from mideditor.domain.replay import changes_between, digest_of_document
from mideditor.domain.steps import StepDraft, digest
from mideditor.store.project_store import ProjectStore


def append_steps(store: ProjectStore, count: int, author: str = "Ana") -> list[int]:
    """Commit ``count`` more steps; returns their numbers."""
    return [append_step(store, author) for _ in range(count)]


def append_step(store: ProjectStore, author: str = "Ana", reason: str = "") -> int:
    """Commit one more step; returns its number. Equal steps have equal ids."""
    number = len(store.contents.log) + 1
    before, after = (page_of_record(page) for page in (number - 1, number))
    changes: list[Change]
    if number == 1:
        changes = [RecordAdded(record=1, document=digest_of_document(after))]
    else:
        changes = [*changes_between(1, before, after, lambda _: ChangeKind.CORRECTION)]
    draft = StepDraft(
        id=digest([author, number, reason])[:32],
        time=datetime(2026, 3, 14, tzinfo=UTC),
        author=author,
        changes=tuple(changes),
        reason=reason,
    )
    originals = {digest_of_document(after): after} if number == 1 else {}
    return store.append(draft, {1: after}, originals=originals).number


def page_of_record(page: int) -> dict[str, Any]:
    """Record 1 as the step of this number leaves it, in stored form."""
    return document_of(Fragment(page=page or None))


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
        store.save()
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
