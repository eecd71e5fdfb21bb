"""mideditor export: writes corrected chapters from a project."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mideditor.cli.project import choice_of, open_project, progress_bar, project_argument
from mideditor.session.project.exporting import FORMATS, ExportFilter, export, export_output
from mideditor.session.work import run_now


@click.command()
@project_argument
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The file to write; - for standard output.",
)
@click.option("--format", "format_name", type=choice_of(FORMATS), default="text", show_default=True)
@click.option("--chapter", type=int, help="Only the records of this chapter.")
@click.option("--dispute", type=int, help="Only the records of this dispute number.")
@click.option("--wrap", type=click.IntRange(min=40), help="Wrap text at this many characters.")
def command(
    project: Path,
    target: Path,
    format_name: str,
    chapter: int | None,
    dispute: int | None,
    wrap: int | None,
) -> None:
    """Write the records of PROJECT, with their corrected values and printed coding changes."""
    output = None if str(target) == "-" else export_output(target, project=project)
    with (
        open_project(project, read_only=True) as session,
        progress_bar("Exporting") as progress,
    ):
        selection = ExportFilter(chapter=chapter, dispute=dispute)
        work = export(session, format_name, selection=selection, wrap=wrap)
        data = run_now(work, progress)
        if output is None:
            sys.stdout.buffer.write(data)
        else:
            output.write(data)
