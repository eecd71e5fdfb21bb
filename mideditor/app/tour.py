"""Does the first ten minutes of work without a display and prints each step."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import click

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.record import Entry, RecordId
from mideditor.export.log_formats import log_as_text
from mideditor.files.user_error import FileError
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.import_summary import import_summary
from mideditor.session.imports.importing import read_text
from mideditor.session.log.logbook import log_lines
from mideditor.session.preferences import Preferences
from mideditor.session.project.exporting import export, write_export
from mideditor.session.sample import SAMPLE_PROJECT, SAMPLE_TEXT, sample_text
from mideditor.session.session import Session
from mideditor.session.work import run_now

PICTURE = "window.png"


def run_tour(folder: Path) -> None:
    """Import the sample chapter, correct, code and export it, and draw the window.

    All of it goes into a new folder inside ``folder``, so that nothing that is there is touched.
    Raises UserError if the folder cannot be written to.
    """
    place = _new_folder(folder)
    project, target, picture = place / SAMPLE_PROJECT, place / SAMPLE_TEXT, place / PICTURE
    with Session.open(project, Preferences.load().signature, create=True) as session:
        text = run_now(read_text(sample_text(), session.states))
        add_texts(session, [text])
        click.echo(import_summary([text], {text.source}))
        _correct_entry(session)
        recoded = _code_entry(session)
        write_export(session, target, run_now(export(session, "text", wrap=86)))
        click.echo("\nThe log:")
        click.echo(log_as_text(log_lines(session)), nl=False)
        click.echo("\nThe coding changes of the recoded entry, as exported:")
        for sentence in session.printed_changes(recoded):
            click.echo(f"  {sentence.text}")
    _draw_window(project, recoded, picture)
    click.echo(f"\nProject  {project}\nExport   {target}\nPicture  {picture}")


def _new_folder(folder: Path) -> Path:
    """Make ``tour-1`` in ``folder``, or the first such folder that is not there yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return next(filter(_is_made, (folder / f"tour-{number}" for number in count(1))))
    except OSError as error:
        raise FileError(folder, error, "Choose another folder with --to.") from error


def _is_made(folder: Path) -> bool:
    """Make a folder; False if it is there already."""
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def _correct_entry(session: Session) -> None:
    entry = _first_entry(session, lambda entry: entry.fatalities is Fatalities.NONE)
    session.edit(
        ChangeKind.CORRECTION,
        {entry: {"fatalities": Fatalities.TO_25}},
        reason="Misread in the extraction",
    )


def _code_entry(session: Session) -> RecordId:
    entry = _first_entry(session, _has_unchanged_unclear_outcome)
    session.edit(
        ChangeKind.CODING,
        {entry: {"outcome": Outcome.STALEMATE}},
        reason="The published data set has Stalemate",
        citation="MIDA 4.01",
    )
    return entry


def _first_entry(session: Session, wanted: Callable[[Entry], bool]) -> RecordId:
    return next(
        record_id
        for record_id in session.ids()
        if isinstance(record := session.record(record_id), Entry) and wanted(record)
    )


def _has_unchanged_unclear_outcome(entry: Entry) -> bool:
    changed = {sentence.field for sentence in entry.coding_changes}
    return entry.outcome is Outcome.UNCLEAR and "outcome" not in changed


def _draw_window(project: Path, record: RecordId, picture: Path) -> None:
    from mideditor.ui.pictures import draw_window

    draw_window(project, record, picture)
