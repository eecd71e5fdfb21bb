"""Older project files, brought to the present schema one version at a time.

A migration takes the tables of one version as plain JSON and returns those of the next. To change
the schema, count `VERSION` up, write a migration, add it to `MIGRATIONS`, and keep a project file
of the old version in `tests/store/versions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mideditor.store.documents import VERSION

Tables = dict[str, Any]


def state_a_digest(tables: Tables) -> Tables:
    """Version 2 files state a digest of their rows, which the next writing fills in."""
    meta = tables["meta"]["1"] | {"version": 2, "digest": ""}
    return tables | {"meta": {"1": meta}}


MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {1: state_a_digest}
"""By the version that a migration starts from."""


def migrated(tables: Tables, version: int) -> Tables:
    """The tables of a file of that version in the present schema."""
    for step in range(version, VERSION):
        tables = MIGRATIONS[step](tables)
    return tables
