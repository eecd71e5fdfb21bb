"""A table saved as text, to named cells: whatever separates them, however they are encoded."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mideditor.domain.codes import MISSING_CODE
from mideditor.files.decoding import NotText, decode
from mideditor.files.user_error import FileError, UserError

SEPARATORS = (",", ";", "\t", "|")

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]")
_SAID_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)
# 2.0 is how some programs save a 2; 2.000 may mean two thousand, and is refused.
_WHOLE = re.compile(r"(?P<minus>[-−–])?(?P<digits>[0-9]{1,9})(?:[.,]0{1,2})?")
_NO_VALUE = frozenset({"", ".", "na", "nan", "n/a", "null"})
_SHOWN = 60

ColumnNames = Mapping[str, Sequence[str]]
"""By what a column is for, the names it may have, the preferred ones first."""


class UnreadableTable(UserError):
    """A file that is no table of the wanted kind."""

    def __init__(self, path: Path, why: str, remedy: str) -> None:
        super().__init__(f"{path}: {why}. {remedy}")


class UnreadableCell(UserError):
    """A cell that is not what its column holds."""

    def __init__(self, path: Path, row: int, column: str, text: str, wanted: str) -> None:
        super().__init__(
            f"{path}, row {row}, column {column}: “{text[:_SHOWN]}” is not {wanted}. "
            "Mend the cell, or leave it empty if the value is missing."
        )


@dataclass(frozen=True)
class Cells:
    """One row of a table. ``row`` counts as a spreadsheet does: the heading is row 1."""

    path: Path
    row: int
    _cells: Sequence[str]
    _columns: Mapping[str, Sequence[tuple[str, int]]]

    def text(self, column: str) -> str:
        """The cell as written, without spaces around it; '' where the table has no such column."""
        return next((self._cells[place].strip() for _, place in self._named(column)), "")

    def number(self, column: str) -> int:
        """The cell as a whole number, MISSING_CODE where it has no value; raises UnreadableCell.

        Of several columns of one purpose, the first that has a value counts.
        """
        found = MISSING_CODE
        for name, place in self._named(column):
            try:
                found = _whole(self._cells[place])
            except ValueError:
                text = self._cells[place].strip()
                raise UnreadableCell(self.path, self.row, name, text, "a whole number") from None
            if found != MISSING_CODE:
                break
        return found

    def name_of(self, column: str) -> str:
        """What the table itself calls a column."""
        return next((name for name, _ in self._named(column)), column)

    def _named(self, column: str) -> Sequence[tuple[str, int]]:
        return self._columns.get(column, ())


@dataclass(frozen=True)
class CellTable:
    """The rows of a table below its heading, and which of the wanted columns it has."""

    path: Path
    columns: frozenset[str]
    rows: tuple[Cells, ...]
    notices: tuple[str, ...]


def read_cells(path: Path, accepted: ColumnNames) -> CellTable:
    """Read the table at ``path``, of which only columns with ``accepted`` names are looked at.

    The case of a name and signs in it do not count. Raises FileError, or UnreadableTable naming
    the row where one has more or fewer cells than the heading.
    """
    lines, notices = _lines_of(path)
    separator, lines = _separator_of(lines, accepted)
    rows = _rows(path, lines, separator)
    _, heading = next(rows, (1, []))
    columns = _places(heading, accepted)
    cells = tuple(
        Cells(path, number, _as_wide_as(heading, path, number, row), columns)
        for number, row in rows
        if any(cell.strip() for cell in row)
    )
    return CellTable(path, frozenset(columns), cells, notices)


@lru_cache(maxsize=8192)  # tables repeat few numbers many times
def _whole(cell: str) -> int:
    """A cell as a whole number; raises ValueError."""
    text = cell.strip()
    if text.casefold() in _NO_VALUE:
        return MISSING_CODE
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return -int(match["digits"]) if match["minus"] else int(match["digits"])


def folded_column(name: str) -> str:
    """A column's name as it is compared."""
    return _NOT_IN_NAMES.sub("", name.casefold())


def _lines_of(path: Path) -> tuple[list[str], tuple[str, ...]]:
    try:
        decoded = decode(path.read_bytes())
    except OSError as error:
        raise FileError(path, error, "Choose the table again.") from error
    except NotText as error:
        why = str(error).removeprefix("This file is ").split(". ")[0]
        remedy = "Save the table as CSV (UTF-8) and choose that file."
        raise UnreadableTable(path, f"it is {why}", remedy) from error
    notices = tuple(note for note in decoded.notices if note.startswith("Read as"))
    return decoded.text.split("\n"), notices


def _separator_of(lines: list[str], accepted: ColumnNames) -> tuple[str, list[str]]:
    """What separates the cells, and the lines without one that only says so."""
    said = _SAID_SEPARATOR.fullmatch(lines[0].strip("\n")) if lines else None
    if said:
        return said[1], lines[1:]

    def known(separator: str) -> int:
        try:
            heading: list[str] = next(csv.reader(lines, delimiter=separator), [])
        except csv.Error:
            return 0
        return len(_places(heading, accepted))

    return max(SEPARATORS, key=known), lines


def _rows(path: Path, lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, row in enumerate(
            csv.reader((f"{line}\n" for line in lines), delimiter=separator), start=1
        ):
            yield number, row
    except csv.Error as error:
        remedy = "Look for a quotation mark that is not closed, and save the table again."
        raise UnreadableTable(path, f"row {number + 1} cannot be read ({error})", remedy) from None


def _places(heading: Sequence[str], accepted: ColumnNames) -> dict[str, list[tuple[str, int]]]:
    """Where the wanted columns stand, by purpose, with their own names in the order accepted."""
    written: dict[str, tuple[str, int]] = {}
    for place, name in enumerate(heading):
        written.setdefault(folded_column(name), (name.strip(), place))
    found = {
        column: [written[name] for name in names if name in written]
        for column, names in accepted.items()
    }
    return {column: places for column, places in found.items() if places}


def _as_wide_as(
    heading: Sequence[str], path: Path, number: int, row: Sequence[str]
) -> Sequence[str]:
    if len(row) < len(heading) or any(cell.strip() for cell in row[len(heading) :]):
        why = f"row {number} has {len(row)} cells, the heading has {len(heading)}"
        remedy = "A row must have a cell for each column: mend it and save the table again."
        raise UnreadableTable(path, why, remedy)
    return row
