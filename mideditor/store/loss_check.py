"""The last check before the project file is replaced: nothing in it may be lost."""

from __future__ import annotations

from pathlib import Path

from mideditor.files.user_error import UserError
from mideditor.store.documents import Contents

_NAMED = 5


class WouldLose(UserError):
    """The save would have lost records or steps, and was not made."""

    def __init__(self, path: Path, lost: str) -> None:
        super().__init__(
            f"{path} was not written, for it would have lost {lost}. That is a fault of the "
            "program. Every change is safe in the journal beside the file: close the project, "
            "open it anew, and please report this."
        )


def check_nothing_lost(path: Path, before: Contents, after: Contents) -> None:
    """Raise WouldLose if a record, step or source of ``before`` is missing from ``after``."""
    kept = after.records.keys() | after.removed.keys()
    records = sorted((before.records.keys() | before.removed.keys()) - kept)
    if records:
        raise WouldLose(path, _named("record", records))
    old, new = before.log.encoded(), after.log.encoded()
    steps = [
        number
        for number, step in old.items()
        if (same := new.get(number)) is not step and same != step
    ]
    if steps:
        raise WouldLose(path, _named("step", steps))
    sources = sorted(before.sources.keys() - after.sources.keys())
    if sources:
        raise WouldLose(path, _named("source", sources))


def _named(what: str, numbers: list[int]) -> str:
    some = ", ".join(map(str, numbers[:_NAMED]))
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"{what}{'s' if len(numbers) > 1 else ''} {some}{more}"
