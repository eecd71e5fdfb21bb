"""Finds what the measures need in either revision, by its known locations, latest first."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

THEME = ("mideditor.ui.look.theme:Theme", "mideditor.ui.theme:Theme")
TABLE = ("mideditor.ui.table.record_table:RecordTable", "mideditor.ui.record_table:RecordTable")
TUNE_GC = (
    "mideditor.files.gc_tuning:collect_young_only",
    "mideditor.files.collector:look_at_the_young_only",
)
STEP_KIND = (
    "mideditor.domain.changes:ChangeKind",
    "mideditor.domain.changes:StepKind",
    "mideditor.domain.steps:StepKind",
)
_OLD_STEP, _OLD_CHANGE = (
    ("mideditor.domain.steps:new_step",),
    ("mideditor.domain.steps:FieldChange",),
)
_STEP, _CHANGE = ("mideditor.domain.steps:StepDraft",), ("mideditor.domain.changes:FieldChanged",)


def found(places: tuple[str, ...]) -> Any:
    """The first of these objects that the revision has; raises LookupError if it has none."""
    for place in places:
        module, _, name = place.partition(":")
        try:
            return getattr(import_module(module), name)
        except (ModuleNotFoundError, AttributeError):
            continue
    raise LookupError(f"there is none of {', '.join(places)}")


def store_of(session: Any) -> Any:
    """The project file of a session."""
    try:
        return session.file
    except AttributeError:
        return session.store


def correction_after(last: Any, time: datetime, **change: Any) -> Any:
    """The step after another that corrects a field, in the form that the revision logs it.

    ``change`` has the ``record``, the ``field``, and its values, ``old`` and ``new``.
    """
    kind, author = found(STEP_KIND).CORRECTION, "bench"
    try:
        new_step, old_change = found(_OLD_STEP), found(_OLD_CHANGE)
    except LookupError:
        changes = (found(_CHANGE)(kind=kind, **change),)
        said = {"id": f"{last.number + 1:032x}", "time": time, "author": author, "reason": "b"}
        return found(_STEP)(changes=changes, **said).sealed(last.number + 1, last.link)
    changes = (old_change(**change),)
    return new_step(after=last, time=time, author=author, kind=kind, changes=changes, reason="b")
