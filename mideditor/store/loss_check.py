"""The last check before the project file is replaced: nothing in it may be lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mideditor.domain.counting import plural
from mideditor.domain.record_ids import handle
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
    """Raise WouldLose if anything in ``before`` is missing from ``after``.

    That is a step, a source, a record as it was added, or a record that no later step takes out.
    """
    gone = before.records.keys() - after.records.keys()
    records = sorted(gone - _taken_out(after, len(before.log))) if gone else []
    if records:
        raise WouldLose(path, _named("record", [handle(record) for record in records]))
    if not after.originals.includes(before.originals):
        raise WouldLose(path, "records as they were added")
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


def _taken_out(contents: Contents, after: int) -> set[int]:
    """The records that a step after this many takes out."""
    return {
        change["record"]
        for number in range(after + 1, len(contents.log) + 1)
        for change in contents.log[number]["changes"]
        if change["change"] == "record taken out"
    }


def _named(what: str, names: Sequence[int] | Sequence[str]) -> str:
    some = ", ".join(map(str, names[:_NAMED]))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{plural(len(names), what)} {some}{more}"
