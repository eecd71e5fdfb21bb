"""mideditor import: chapters into a project."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import by_option, open_project, progress_bar, project_argument
from mideditor.session.import_report import write_report
from mideditor.session.import_summary import import_summary
from mideditor.session.importing import ImportedText, add_texts, new_texts, read_text
from mideditor.session.session import Session


@click.command("import")
@project_argument
@click.argument(
    "texts",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TEXT...",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.json",
    help="Write what was found, and where, to this file.",
)
@by_option
def command(project: Path, texts: tuple[Path, ...], report: Path | None, by: str | None) -> None:
    """Read chapter TEXTs into PROJECT, which is made if it is absent.

    All texts are added as one step. A text that the project already has adds nothing.
    """
    with open_project(project, by=by, create=True) as session:
        read = [_read(path, session) for path in texts]
        fresh = {text.source for text in new_texts(session, read)}
        add_texts(session, read)
        if report is not None:
            write_report(report, read)
    click.echo(import_summary(read, fresh))


def _read(path: Path, session: Session) -> ImportedText:
    with progress_bar(f"Reading {path.name}") as progress:
        return read_text(path, session.states, progress)
