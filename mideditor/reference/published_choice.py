"""The published tables in whatever order they were chosen: which is which tell their columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mideditor.files.user_error import UserError
from mideditor.reference.published import (
    DisputeTable,
    ExchangedTables,
    ParticipantTable,
    PublishedTables,
    read_disputes,
    read_participants,
)

_WAY_OUT = "Choose one table of disputes and, where sides are to be compared, one of participants."


class UnfitChoice(UserError):
    """Files that are not one table of each kind."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} {_WAY_OUT}")


def read_chosen(paths: Sequence[Path], progress: Callable[[int, int], None]) -> PublishedTables:
    """Read the tables at ``paths``, one or two of them; raises UserError naming the file.

    ``progress`` hears after each how many of how many are read, and may raise to stop.
    """
    disputes: list[DisputeTable] = []
    participants: list[ParticipantTable] = []
    for done, path in enumerate(paths):
        progress(done, len(paths))
        table = _read(path)
        if isinstance(table, DisputeTable):
            disputes.append(table)
        else:
            participants.append(table)
    progress(len(paths), len(paths))
    return _paired(disputes, participants)


def _read(path: Path) -> DisputeTable | ParticipantTable:
    try:
        return read_disputes(path)
    except ExchangedTables:
        return read_participants(path)


def _paired(
    disputes: Sequence[DisputeTable], participants: Sequence[ParticipantTable]
) -> PublishedTables:
    for what, tables in (("disputes", disputes), ("participants", participants)):
        if len(tables) > 1:
            names = " and ".join(table.path.name for table in tables)
            raise UnfitChoice(f"{names} are tables of {what}.")
    if not disputes:
        names = " and ".join(table.path.name for table in participants) or "No file"
        raise UnfitChoice(f"{names}: the table of disputes is lacking.")
    return PublishedTables(disputes[0], participants[0] if participants else None)
