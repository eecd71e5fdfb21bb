"""mideditor undo: a step taken back, by a step that says so."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import by_option, open_project, project_argument


@click.command()
@project_argument
@click.option("--step", "number", type=int, help="The step to take back (else: the last one).")
@by_option
def command(project: Path, number: int | None, by: str | None) -> None:
    """Take back a step of PROJECT. Nothing is erased: the log gains a step that undoes it."""
    with open_project(project, by=by) as session:
        step = session.undo(number)
    click.echo(f"step {step.number} undoes step {step.undoes}")
