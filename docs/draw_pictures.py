"""Draws the pictures of the README and the guide from the sample project after a few edits.

Run by ``make pictures``, without a display.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QApplication

from mideditor.domain.codes import (
    FATALITIES_NUMBERS,
    MISSING_CODE,
    OUTCOME_NUMBERS,
    SETTLEMENT_NUMBERS,
    Outcome,
)
from mideditor.domain.record import Entry, RecordId
from mideditor.domain.steps import ChangeKind
from mideditor.files.bundled import bundled_path
from mideditor.reference.published import PublishedTables
from mideditor.reference.table_files import read_table_files
from mideditor.session.sample import SAMPLE_PROJECT
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.ui.desk_view import DeskView
from mideditor.ui.pictures import draw_window

THEMES = ("light", "dark")
DISPUTE = 2225
MATRIX = 1
"""The index of the matrix among the views of the comparison."""
GUIDE = {"work": "show_work", "review": "review_changes"}
"""The pictures of the guide by name, with the command that shows their content."""


def draw_pictures(folder: Path) -> list[Path]:
    """Write a picture of the desk for each theme, 1280×800; returns the paths."""
    with TemporaryDirectory() as temporary:
        project = Path(shutil.copy(bundled_path("data", SAMPLE_PROJECT), temporary))
        record = _edited(project)
        pictures = [folder / f"desk-{theme}.png" for theme in THEMES]
        for theme, picture in zip(THEMES, pictures, strict=True):
            draw_window(project, record, picture, theme=theme)
    return pictures


def draw_matrix(folder: Path) -> list[Path]:
    """Write pictures of the matrix, with a table in which unclear outcomes are stalemates."""
    with TemporaryDirectory() as temporary:
        project = Path(shutil.copy(bundled_path("data", SAMPLE_PROJECT), temporary))
        with Session.open(project, "A. Coder") as session:
            [record] = session.with_number(DISPUTE)
            tables = run_now(read_table_files([_table_of(session, Path(temporary))]))
        pictures = [folder / f"matrix-{theme}.png" for theme in THEMES]
        for theme, picture in zip(THEMES, pictures, strict=True):
            draw_window(
                project,
                record,
                picture,
                theme=theme,
                arrange=lambda view: _show_matrix(view, tables),
            )
    return pictures


def _table_of(session: Session, folder: Path) -> Path:
    rows = ["dispnum,outcome,settle,fatality,version"]
    for entry in map(session.record, session.ids()):
        if isinstance(entry, Entry):
            outcome = Outcome.STALEMATE if entry.outcome is Outcome.UNCLEAR else entry.outcome
            numbers = (
                _number(OUTCOME_NUMBERS, outcome),
                _number(SETTLEMENT_NUMBERS, entry.settlement),
                _number(FATALITIES_NUMBERS, entry.fatalities),
            )
            rows.append(",".join(map(str, (entry.dispute_number, *numbers, "4.01"))))
    path = folder / "MIDA.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _number(numbers: Mapping[Any, int], value: object) -> int:
    return numbers.get(value, MISSING_CODE)


def _show_matrix(view: DeskView, tables: PublishedTables) -> None:
    view.published.compare_with(tables)
    view.tabs.show_published()
    view.published.show_view(MATRIX)
    view.halves.setSizes([150, 570])
    while view.published.lane.running:
        QApplication.processEvents()


def draw_guide(folder: Path) -> list[Path]:
    """Write the pictures of the guide into ``folder``; returns the paths."""
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as temporary:
        project = Path(shutil.copy(bundled_path("data", SAMPLE_PROJECT), temporary))
        record = _edited(project)
        pictures = {folder / f"{name}.png": command for name, command in GUIDE.items()}
        for picture, command in pictures.items():
            draw_window(project, record, picture, size=(1000, 640), command=command)
    return list(pictures)


def _edited(project: Path) -> RecordId:
    """Make the edits of the README's first look; returns the edited record."""
    with Session.open(project, "A. Coder") as session:
        [record] = session.with_number(DISPUTE)
        entry = session.record(record)
        assert isinstance(entry, Entry)
        narrative = tuple(text.replace("goverment", "government") for text in entry.narrative)
        session.edit(ChangeKind.CORRECTION, {record: {"narrative": narrative}}, reason="Misprint")
        session.edit(
            ChangeKind.CODING,
            {record: {"outcome": Outcome.STALEMATE}},
            reason="The published data set has Stalemate",
            citation="MIDA 4.01",
        )
    return record


if __name__ == "__main__":
    draw_pictures(Path(sys.argv[1]))
    draw_matrix(Path(sys.argv[1]))
    draw_guide(Path(sys.argv[2]))
