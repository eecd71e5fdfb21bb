"""Finds what the measures need in either revision, by its known locations, latest first."""

from __future__ import annotations

from importlib import import_module
from typing import Any

THEME = ("mideditor.ui.look.theme:Theme", "mideditor.ui.theme:Theme")
TABLE = ("mideditor.ui.table.record_table:RecordTable", "mideditor.ui.record_table:RecordTable")
TUNE_GC = (
    "mideditor.files.gc_tuning:collect_young_only",
    "mideditor.files.collector:look_at_the_young_only",
)


def found(places: tuple[str, ...]) -> Any:
    """The first of these objects that the revision has; raises LookupError if it has none."""
    for place in places:
        module, _, name = place.partition(":")
        try:
            return getattr(import_module(module), name)
        except (ModuleNotFoundError, AttributeError):
            continue
    raise LookupError(f"there is none of {', '.join(places)}")
