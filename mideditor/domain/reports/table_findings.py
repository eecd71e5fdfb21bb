"""A finding of the checks of the published tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableFinding:
    """A fault in a row: the rule, the file name, the row number as in a spreadsheet."""

    rule: str
    file: str
    row: int
    number: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, dispute {self.number}: {self.rule}: {self.message}"
