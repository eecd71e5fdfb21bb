"""The entry point: runs a command, the tour or the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mideditor.cli.group import COMMANDS, mideditor
from mideditor.files.gc_tuning import collect_young_only, pause_collector


@mideditor.command("tour")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    help="Where to make a new folder for the project, the export and the picture.",
)
def tour(folder: Path) -> None:
    """Do the first ten minutes without a display.

    Imports the sample chapter, corrects and codes it, exports it, draws the window, and says what
    was done.
    """
    from mideditor.app.tour import run_tour

    run_tour(folder)


@click.command("mideditor")
@click.argument("project", required=False, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Open the sample project.")
def window(project: Path | None, sample: bool) -> None:
    """Open the window on PROJECT, or on the project used last."""
    from mideditor.files.project_name import PROJECT_SUFFIX

    if project is not None and not project.exists() and not project.name.endswith(PROJECT_SUFFIX):
        raise click.UsageError(
            f"{project} is neither a command nor a project. “mideditor --help” lists the "
            f"commands; a new project’s name ends in {PROJECT_SUFFIX}."
        )
    if not _has_display():
        raise click.UsageError(
            "there is no display to open a window on. The commands work without one: see "
            "“mideditor --help”, or try “mideditor tour”."
        )
    pause_collector()  # until `run_window` has opened the project: those objects are long-lived
    from mideditor.ui.start import run_window

    sys.exit(run_window(project, sample=sample))


def _has_display() -> bool:
    """Whether Qt can find a display; outside Linux there always is one."""
    variables = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in variables)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run mideditor with the given arguments, or with the command line's."""
    collect_young_only()
    args = list(sys.argv[1:] if arguments is None else arguments)
    first = next(iter(args), "")
    is_command = first in (*COMMANDS, "tour", "--help", "--version")
    command = mideditor if is_command else window
    command.main(args=args, prog_name="mideditor")
