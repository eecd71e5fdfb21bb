"""What the measures need of either tree, and the places where it has stood, the latest first."""

from __future__ import annotations

from importlib import import_module
from typing import Any

PLACES = {
    "Theme": ("mideditor.ui.look.theme", "mideditor.ui.theme"),
    "RecordTable": ("mideditor.ui.table.record_table", "mideditor.ui.record_table"),
    "look_at_the_young_only": ("mideditor.files.collector",),
}


def found(name: str) -> Any:
    """A class or function of the tree that is measured; raises LookupError."""
    for place in PLACES[name]:
        try:
            return getattr(import_module(place), name)
        except (ModuleNotFoundError, AttributeError):
            continue
    raise LookupError(f"{name} is in none of {', '.join(PLACES[name])}")
