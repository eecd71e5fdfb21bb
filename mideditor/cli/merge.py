"""mideditor merge: compares a project with another copy of it and merges the changes."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import by_option, open_project, progress_bar, project_argument
from mideditor.cli.restore import diff_line
from mideditor.session.project.merging import apply_diffs, find_changes, read_copy
from mideditor.session.work import run_now


@click.command()
@project_argument
@click.argument("other", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--take", is_flag=True, help="Take over what was changed in OTHER only.")
@by_option
@click.pass_context
def command(ctx: click.Context, project: Path, other: Path, take: bool, by: str | None) -> None:
    """List what OTHER, a copy of PROJECT, has otherwise, or take it over.

    A field that was changed in both is listed and never taken. Exit code 1 where something is left.
    """
    with open_project(project, by=by, read_only=not take) as session:
        copy = run_now(read_copy(other))
        with progress_bar("Comparing") as progress:
            found = run_now(find_changes(session, copy), progress)
        taken = [diff for diff in found if take and diff.fits and not diff.both]
        with progress_bar("Taking values over") as progress:
            step = run_now(apply_diffs(session, taken, f"Taken from {other.name}", copy), progress)
    for diff in found:
        click.echo(f"{'taken: ' if diff in taken else ''}{diff_line(diff)}")
    if step is not None:
        click.echo(f"step {step.number}: {step.reason}")
    ctx.exit(FINDINGS if len(taken) < len(found) else 0)
