"""mideditor verify: checks the chain of steps, and the records against the log."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import open_project, project_argument
from mideditor.session.project.verifying import faults


@click.command()
@project_argument
@click.pass_context
def command(ctx: click.Context, project: Path) -> None:
    """Check that no step of PROJECT was altered, removed or moved, and no record changed by hand.

    Exit code 1 and the faults where something does not hold.
    """
    with open_project(project, read_only=True) as session:
        found = list(faults(session))
        steps = len(session.history.steps)
    for fault in found:
        click.echo(fault)
    if not found:
        noun = "step" if steps == 1 else "steps"
        click.echo(f"{project}: {steps} {noun}, all in order")
    ctx.exit(FINDINGS if found else 0)
