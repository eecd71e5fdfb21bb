"""Reading the selected published tables in any order: their columns show which is which."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from mideditor.files.user_error import UserError
from mideditor.reference.published import DisputeTable, ParticipantTable, PublishedTables
from mideditor.reference.published_files import ExchangedTables, read_disputes, read_participants

_REMEDY = "Choose one table of disputes and, where sides are to be compared, one of participants."


class WrongTables(UserError):
    """The selected files are not one table of each kind."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} {_REMEDY}")


def read_table_files(paths: Sequence[Path]) -> Generator[tuple[int, int], None, PublishedTables]:
    """Read the one or two tables at ``paths``; raises UserError naming the file.

    Yields the number of tables read and the total.
    """
    disputes: list[DisputeTable] = []
    participants: list[ParticipantTable] = []
    for done, path in enumerate(paths):
        yield done, len(paths)
        table = _read(path)
        if isinstance(table, DisputeTable):
            disputes.append(table)
        else:
            participants.append(table)
    yield len(paths), len(paths)
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
            raise WrongTables(f"{names} are tables of {what}.")
    if not disputes:
        names = " and ".join(table.path.name for table in participants) or "No file"
        raise WrongTables(f"{names}: the table of disputes is lacking.")
    return PublishedTables(disputes[0], participants[0] if participants else None)
