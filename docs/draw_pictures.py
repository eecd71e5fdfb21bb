"""Draws the README's pictures: the sample project after the first few edits, in both themes.

Run by ``make pictures``, without a display.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mideditor.domain.codes import Outcome
from mideditor.domain.record import Entry, RecordId
from mideditor.domain.steps import StepKind
from mideditor.files.bundled import bundled_path
from mideditor.session.sample import SAMPLE_PROJECT
from mideditor.session.session import Session
from mideditor.ui.pictures import draw_window

THEMES = ("light", "dark")
DISPUTE = 2225


def draw_pictures(folder: Path) -> list[Path]:
    """Write one picture for each theme into ``folder``, 1280×800; their paths."""
    with TemporaryDirectory() as desk:
        project = Path(shutil.copy(bundled_path("data", SAMPLE_PROJECT), desk))
        record = _edited(project)
        pictures = [folder / f"desk-{theme}.png" for theme in THEMES]
        for theme, picture in zip(THEMES, pictures, strict=True):
            draw_window(project, record, picture, theme=theme)
    return pictures


def _edited(project: Path) -> RecordId:
    """The record on which the README's first ten minutes have been spent."""
    with Session.open(project, "A. Coder") as session:
        [record] = session.with_number(DISPUTE)
        entry = session.record(record)
        assert isinstance(entry, Entry)
        narrative = tuple(text.replace("goverment", "government") for text in entry.narrative)
        session.edit(StepKind.CORRECTION, {record: {"narrative": narrative}}, reason="Misprint")
        session.edit(
            StepKind.CODING,
            {record: {"outcome": Outcome.STALEMATE}},
            reason="The published data set has Stalemate",
            citation="MIDA 4.01",
        )
    return record


if __name__ == "__main__":
    draw_pictures(Path(sys.argv[1]))
