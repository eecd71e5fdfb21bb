"""Kills migrations before each of their writes: `python -m tests.store.killed_migration`.

For each older project, a process opens it and is killed with SIGKILL before the first file that it
opens for writing, renames or removes; the next one before the second; and so on, until one gets to
the end. After each kill a reader and a writer must find what the unharmed migration gives.
"""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.project_store import ProjectStore
from tests.session.chapters import file_of
from tests.store.kills import OLD_PROJECTS, copy_old
from tests.store.steps import backups_of, files_of

NAME = "p.mid.json"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)

State = dict[str, Any]


def open_project(project: Path, *, read_only: bool = False) -> Session:
    store = ProjectStore.open(project, read_only=read_only, create=True, now=lambda: NOON)
    return Session(store, "Ana")


def is_a_write(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether an audit event of Python is about to change what is on disk."""
    if event == "open":
        return bool((arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_TRUNC))
    return event in ("os.rename", "os.remove", "os.mkdir", "os.truncate", "os.chmod")


def die_at(number: int) -> None:
    """Kill this process at its n-th write from now on."""
    left = number

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if is_a_write(event, arguments):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def migrate_until(project: Path, number: int) -> bool:
    """Migrate a project in a child process; returns whether it was killed before it was done."""
    child = os.fork()
    if not child:
        code = 1
        try:
            die_at(number)
            open_project(project).close()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the migration of {project} failed; see above")
    return os.WIFSIGNALED(status)


def state_of(session: Session) -> State:
    return {name: dict(rows) for name, rows in file_of(session).contents.tables().items()}


def copies_of(data: bytes | None, project: Path) -> int:
    """How many backups of a project hold exactly these bytes."""
    kept = [gzip.decompress(path.read_bytes()) for path in backups_of(project).iterdir()]
    return kept.count(data) if data is not None else 0


def check(project: Path, expected: State) -> None:
    """Check what a killed migration left, first as a reader, then as the next writer."""
    for read_only in (True, False):
        session = open_project(project, read_only=read_only)
        assert state_of(session) == expected, f"another state, read_only={read_only}"
        assert list(faults(session)) == []
        assert file_of(session).opened.set_aside == []
        session.close()
    assert files_of(project.parent) == [NAME]


def kill_everywhere(name: str, folder: Path) -> Iterator[int]:
    """Kill the migration of one project before each of its writes; gives their numbers."""
    whole = folder / "whole" / NAME
    whole.parent.mkdir()
    copy_old(name, whole)
    old = whole.read_bytes() if whole.exists() else None
    with open_project(whole) as session:
        expected = state_of(session)
    is_killed, number = True, 0
    while is_killed:
        project = folder / "killed" / NAME
        project.parent.mkdir()
        copy_old(name, project)
        is_killed = migrate_until(project, number)
        check(project, expected)
        assert project.read_bytes() == whole.read_bytes()
        assert copies_of(old, project) == copies_of(old, whole)
        shutil.rmtree(project.parent)
        number += 1
        yield number


def main() -> None:
    for name in OLD_PROJECTS:
        with tempfile.TemporaryDirectory() as folder:
            kills = max(kill_everywhere(name, Path(folder))) - 1
        print(f"{name}: killed at each of {kills} writes")  # noqa: T201


if __name__ == "__main__":
    main()
