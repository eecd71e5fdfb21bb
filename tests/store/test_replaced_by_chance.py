"""A sync client at work: files of an open project are put back, removed and damaged by chance.

Whatever it does, a project that is opened again has every step that was made. The client leaves
the backups alone, and a journal that it touches is looked at before the editor is killed, as the
window does every three seconds.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from mideditor.files.user_error import UserError
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.project_store import ProjectStore
from tests.store.steps import append_step, journal_of


class Client:
    """A coder's editor and a sync client that take turns."""

    def __init__(self, project: Path, random: Random) -> None:
        self.project = project
        self.random = random
        self.kept: list[tuple[bytes, bytes]] = []
        self.links: list[str] = []
        self.time = datetime(2026, 3, 14, tzinfo=UTC)

    def open(self) -> ProjectStore:
        self.store = ProjectStore.open(self.project, create=True, now=self.now)
        return self.store

    def now(self) -> datetime:
        self.time += timedelta(minutes=self.random.choice((0, 1, 30, 90, 3000)))
        return self.time

    def links_in_log(self) -> list[str]:
        return [step["link"] for step in self.store.contents.log.values()]

    def step(self) -> None:
        append_step(self.store, reason=str(self.random.random()))
        self.links = self.links_in_log()

    def save(self) -> None:
        self.store.save()

    def keep(self) -> None:
        journal = journal_of(self.project)
        self.kept.append((read(self.project), read(journal)))

    def put_file_back(self) -> None:
        if self.kept:
            self.put(self.project, self.random.choice(self.kept)[0])

    def put_journal_back(self) -> None:
        if self.kept:
            self.put(journal_of(self.project), self.random.choice(self.kept)[1])
            self.store.was_changed_outside()

    def remove_journal(self) -> None:
        journal_of(self.project).unlink(missing_ok=True)
        self.store.was_changed_outside()

    def remove_file(self) -> None:
        self.project.unlink(missing_ok=True)

    def damage_file(self) -> None:
        if self.links:  # a project without a step is only refused
            self.put(self.project, self.random.choice((b"", b"{}", b"no project")))

    def put(self, path: Path, data: bytes) -> None:
        if data and self.random.random() < 0.5:
            new = path.with_name("new")
            new.write_bytes(data)
            new.replace(path)
        elif data or path == self.project:
            path.write_bytes(data)

    def end(self) -> None:
        if self.random.random() < 0.5:
            with suppress(UserError):
                self.store.close()
        self.store.abandon()
        newest = self.store.backups.newest()
        if not self.project.exists() and not journal_of(self.project).exists() and newest:
            self.project.write_bytes(gzip.decompress(newest.path.read_bytes()))  # as told


def read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


EVENTS: list[Callable[[Client], None]] = [
    *[Client.step] * 4,
    *[Client.save] * 2,
    *[Client.keep] * 2,
    *[Client.put_file_back] * 2,
    Client.put_journal_back,
    Client.remove_journal,
    Client.remove_file,
    Client.damage_file,
]


@pytest.mark.parametrize("seed", range(25))
def test_no_step_is_lost(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    client = Client(tmp_path / "p.mid.json", random)
    client.open()
    client.step()
    for _ in range(5):
        for event in random.choices(EVENTS, k=6):
            with suppress(UserError):
                event(client)
        client.end()
        client.open()
        assert client.links_in_log() == client.links
        assert list(faults(Session(client.store, "Ana"))) == []
    client.store.close()
