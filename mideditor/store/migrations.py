"""Migrates older project files to the current schema, one version at a time.

A migration takes the tables of one version as plain JSON and returns those of the next. To change
the schema, increment `VERSION`, write a migration, add it to `MIGRATIONS`, and add a project file
of the old version to `tests/store/versions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mideditor.store.documents import VERSION

Tables = dict[str, Any]


def add_digest(tables: Tables) -> Tables:
    """Version 2 adds a digest of the rows; the next save fills it in."""
    meta = tables["meta"]["1"] | {"version": 2, "digest": ""}
    return tables | {"meta": {"1": meta}}


MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {1: add_digest}
"""Migrations by the version they start from."""


def migrate(tables: Tables, version: int) -> Tables:
    """Bring the tables of a file from ``version`` to the current schema."""
    for step in range(version, VERSION):
        tables = MIGRATIONS[step](tables)
    return tables
