"""The start: a command of the command line, the tour, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mideditor.cli.group import COMMANDS, mideditor


@mideditor.command("tour")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    help="Where to put the project, the export and the picture.",
)
def tour(folder: Path) -> None:
    """Do the first ten minutes on the sample chapter without a display, and say what was done."""
    from mideditor.app.tour import run_tour

    run_tour(folder)


@click.command("mideditor")
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Open the sample project.")
def window(project: Path | None, sample: bool) -> None:
    """Open the window on PROJECT, or on the project used last."""
    from mideditor.ui.start import run_window

    sys.exit(run_window(project, sample=sample))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run mideditor with the given arguments, or those of the process."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    first = next(iter(given), "")
    is_command = first in (*COMMANDS, "tour", "--help", "--version")
    command = mideditor if is_command else window
    command.main(args=given, prog_name="mideditor")
