"""mideditor check: what the checks find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import orjson

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import open_project, project_argument
from mideditor.session.checks import Checks
from mideditor.session.session import Session


@click.command()
@project_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@click.pass_context
def command(ctx: click.Context, project: Path, format_name: str) -> None:
    """List the findings of PROJECT; exit code 1 where there are any."""
    with open_project(project, read_only=True) as session:
        rows = list(_findings(session))
    if format_name == "json":
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        for row in rows:
            number = "—" if row["dispute_number"] is None else row["dispute_number"]
            click.echo(
                f"MID {number} (record {row['record']}), {row['field']}: "
                f"{row['severity']}: {row['message']}"
            )
    ctx.exit(FINDINGS if rows else 0)


def _findings(session: Session) -> Iterator[dict[str, Any]]:
    checks = Checks(session)
    for record in session.ids():
        number = session.documents()[record].get("dispute_number")
        for finding in checks.of(record):
            yield {"record": record, "dispute_number": number, **asdict(finding)}
