"""What the checks of a published table have to say about one of its rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableFinding:
    """A fault of a row: the rule, the file's name, the row as a spreadsheet counts it."""

    rule: str
    file: str
    row: int
    number: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, dispute {self.number}: {self.rule}: {self.message}"
