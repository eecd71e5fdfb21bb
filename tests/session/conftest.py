"""Runs the tests of the session on every store, but for those that are marked ``needs_file``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mideditor.session.session import Clock
from mideditor.store.project import Project
from tests.session.chapters import Opener, open_project_file, opener
from tests.store.sqlite_project import SqliteProject


def open_database(path: Path, _create: bool, _now: Clock) -> Project:
    """The project in the database at a path."""
    return SqliteProject(path)


STORES: dict[str, Opener] = {"file": open_project_file, "database": open_database}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once with each store that it can have."""
    needs_file = metafunc.definition.get_closest_marker("needs_file") is not None
    stores = ["file"] if needs_file else list(STORES)
    metafunc.parametrize("store", stores, indirect=True)


@pytest.fixture(autouse=True)
def store(request: pytest.FixtureRequest) -> Iterator[None]:
    """The store of the projects that `open_session` opens; none stays open after the test."""
    with ExitStack() as stack:

        def open_it(path: Path, create: bool, now: Clock) -> Project:
            project = STORES[request.param](path, create, now)
            stack.callback(project.abandon)
            return project

        token = opener.set(open_it)
        yield
        opener.reset(token)
