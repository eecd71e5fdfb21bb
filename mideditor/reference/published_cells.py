"""Reading a table saved as text into named cells, with any common separator and encoding."""

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

_NOT_IN_COLUMN_NAME = re.compile(r"[^a-z0-9]")
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)
# Some programs save a 2 as 2.0; 2.000 may mean two thousand and is rejected.
_WHOLE_NUMBER = re.compile(r"(?P<minus>[-−–])?(?P<digits>[0-9]{1,9})(?:[.,]0{1,2})?")
_MISSING_VALUES = frozenset({"", ".", "na", "nan", "n/a", "null"})
_MAX_SHOWN = 60

ColumnNames = Mapping[str, Sequence[str]]
"""Accepted names for each column, by its purpose, preferred names first."""


class UnreadableTable(UserError):
    """A file that is not a table of the expected kind."""

    def __init__(self, path: Path, why: str, remedy: str) -> None:
        super().__init__(f"{path}: {why}. {remedy}")


class UnreadableCell(UserError):
    """A cell whose value is not valid for its column."""

    def __init__(self, path: Path, row: int, column: str, text: str, expected: str) -> None:
        super().__init__(
            f"{path}, row {row}, column {column}: “{text[:_MAX_SHOWN]}” is not {expected}. "
            "Mend the cell, or leave it empty if the value is missing."
        )


@dataclass(frozen=True)
class Cells:
    """One row of a table. ``row`` counts like a spreadsheet: the heading is row 1."""

    path: Path
    row: int
    _cells: Sequence[str]
    _columns: Mapping[str, Sequence[tuple[str, int]]]

    def text(self, column: str) -> str:
        """The cell as text, stripped; '' if the table has no such column."""
        return next(
            (self._cells[position].strip() for _, position in self._columns_for(column)), ""
        )

    def number(self, column: str) -> int:
        """The cell as a whole number, MISSING_CODE if it has no value; raises UnreadableCell.

        If several columns serve the same purpose, the first with a value is used.
        """
        found = MISSING_CODE
        for name, position in self._columns_for(column):
            try:
                found = _whole_number(self._cells[position])
            except ValueError:
                text = self._cells[position].strip()
                raise UnreadableCell(self.path, self.row, name, text, "a whole number") from None
            if found != MISSING_CODE:
                break
        return found

    def name_of(self, column: str) -> str:
        """The name of a column in the table itself."""
        return next((name for name, _ in self._columns_for(column)), column)

    def _columns_for(self, column: str) -> Sequence[tuple[str, int]]:
        return self._columns.get(column, ())


@dataclass(frozen=True)
class CellTable:
    """The rows of a table below its heading, and which of the accepted columns it has."""

    path: Path
    columns: frozenset[str]
    rows: tuple[Cells, ...]
    notices: tuple[str, ...]


def read_cells(path: Path, accepted: ColumnNames) -> CellTable:
    """Read the table at ``path``; columns without an ``accepted`` name are ignored.

    Case and punctuation in column names are ignored. Raises FileError, or UnreadableTable naming
    the first row with more or fewer cells than the heading.
    """
    lines, notices = _lines_of(path)
    separator, lines = _separator_of(lines, accepted)
    rows = _rows(path, lines, separator)
    _, heading = next(rows, (1, []))
    columns = _column_positions(heading, accepted)
    cells = tuple(
        Cells(path, number, _checked_width(heading, path, number, row), columns)
        for number, row in rows
        if any(cell.strip() for cell in row)
    )
    return CellTable(path, frozenset(columns), cells, notices)


@lru_cache(maxsize=8192)  # a table repeats the same few numbers many times
def _whole_number(cell: str) -> int:
    """A cell as a whole number; raises ValueError."""
    text = cell.strip()
    if text.casefold() in _MISSING_VALUES:
        return MISSING_CODE
    match = _WHOLE_NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return -int(match["digits"]) if match["minus"] else int(match["digits"])


def folded_column(name: str) -> str:
    """A column name normalised for comparison."""
    return _NOT_IN_COLUMN_NAME.sub("", name.casefold())


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
    """The separator of the cells, and the lines without one that only declares it (``sep=;``)."""
    declared = _SEPARATOR_LINE.fullmatch(lines[0].strip("\n")) if lines else None
    if declared:
        return declared[1], lines[1:]

    def known_columns(separator: str) -> int:
        try:
            heading: list[str] = next(csv.reader(lines, delimiter=separator), [])
        except csv.Error:
            return 0
        return len(_column_positions(heading, accepted))

    return max(SEPARATORS, key=known_columns), lines


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


def _column_positions(
    heading: Sequence[str], accepted: ColumnNames
) -> dict[str, list[tuple[str, int]]]:
    """Name and position of the accepted columns, by purpose, in order of preference."""
    names_in_table: dict[str, tuple[str, int]] = {}
    for position, name in enumerate(heading):
        names_in_table.setdefault(folded_column(name), (name.strip(), position))
    found = {
        column: [names_in_table[name] for name in names if name in names_in_table]
        for column, names in accepted.items()
    }
    return {column: positions for column, positions in found.items() if positions}


def _checked_width(
    heading: Sequence[str], path: Path, number: int, row: Sequence[str]
) -> Sequence[str]:
    if len(row) < len(heading) or any(cell.strip() for cell in row[len(heading) :]):
        why = f"row {number} has {len(row)} cells, the heading has {len(heading)}"
        remedy = "A row must have a cell for each column: mend it and save the table again."
        raise UnreadableTable(path, why, remedy)
    return row
