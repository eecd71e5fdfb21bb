"""mideditor import: reads chapters into a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import by_option, open_project, progress_bar, project_argument
from mideditor.domain.record_ids import handle
from mideditor.session.imports.import_plan import (
    ImportPlan,
    carry_out,
    open_differences,
    read_texts,
)
from mideditor.session.imports.import_report import write_report
from mideditor.session.imports.import_summary import plan_summary
from mideditor.session.imports.reextraction import ReadingDifference
from mideditor.session.project.exporting import export_output
from mideditor.session.session import Session
from mideditor.session.work import run_now


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
@click.option(
    "--take",
    is_flag=True,
    help="Of a newer text of records that are there already, take what differs in fields "
    "that nobody has edited.",
)
@by_option
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    texts: tuple[Path, ...],
    report: Path | None,
    take: bool,
    by: str | None,
) -> None:
    """Read chapter TEXTs into PROJECT, which is made if it is absent.

    All texts are added as one step. Texts whose pages follow on are read as one. A text that the
    project already has adds nothing; of a newer text of the same records, new ones are added and
    differing ones are listed (exit code 1).
    """
    output = export_output(report, project=project, reading=texts) if report is not None else None
    with open_project(project, by=by, create=True) as session:
        plan = _read(session, texts)
        if output is not None:
            write_report(output, plan.texts)
        diffs = open_differences(session, plan)
        accepted = [diff for diff in diffs if diff.record is None or (take and not diff.edited)]
        summary = plan_summary(session, plan)
        carry_out(session, plan, accepted)
    click.echo(summary)
    left = [diff for diff in diffs if diff not in accepted]
    for line in _record_lines(left):
        click.echo(line)
    ctx.exit(FINDINGS if left else 0)


def _read(session: Session, texts: Sequence[Path]) -> ImportPlan:
    more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
    with progress_bar(f"Reading {texts[0].name}{more}") as progress:
        return run_now(read_texts(session, texts), progress)


def _record_lines(differing: Sequence[ReadingDifference]) -> Iterator[str]:
    """A line for each record: its id, its title and the differing fields, edited ones marked."""
    for record, group in groupby(differing, key=lambda diff: diff.record):
        fields = list(group)
        names = ", ".join(
            f"{diff.field} (edited)" if diff.edited else diff.field for diff in fields
        )
        name = "new record" if record is None else f"--record {handle(record)}"
        yield f"  {name}  {fields[0].title}: {names}"
