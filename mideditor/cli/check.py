"""mideditor check: lists findings and applies certain fixes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import by_option, choice_of, open_project, progress_bar, project_argument
from mideditor.domain.changes import ChangeKind
from mideditor.domain.counting import quantity
from mideditor.domain.excerpts import as_line, excerpts
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Severity
from mideditor.domain.rules.table import RULES
from mideditor.export.findings_reports import (
    FINDINGS_FORMATS,
    grouped_by_record,
    grouped_by_rule,
)
from mideditor.files.user_error import UserError
from mideditor.reference.state_list import load_states
from mideditor.session.checks.checks import Checks
from mideditor.session.checks.fixes import find_fixes, preview
from mideditor.session.checks.project_findings import accepted_rows, open_rows
from mideditor.session.project.exporting import export_output
from mideditor.session.session import Session
from mideditor.session.work import run_now

_SEVERITIES = [str(severity) for severity in Severity]
_CONTEXT = 4


class NoSuchRule(UserError):
    """There is no such rule."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no rule “{name}”. There are: {', '.join(RULES)}.")


@click.command()
@project_argument
@click.option(
    "--format",
    "format_name",
    type=choice_of(FINDINGS_FORMATS),
    default="text",
    show_default=True,
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write (else: standard output).",
)
@click.option("--group", type=choice_of(("rule", "record")), help="Group the text, counted.")
@click.option(
    "--severity",
    type=choice_of(_SEVERITIES),
    default=_SEVERITIES[-1],
    help="Leave out what weighs less.",
)
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule; repeatable.")
@click.option("--accepted", is_flag=True, help="List the accepted findings instead.")
@click.option(
    "--states",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Check against this list of state system members.",
)
@click.option("--fix", metavar="RULE", help="Do all certain fixes of this rule as one correction.")
@click.option("--why", default="", help="The reason of that correction.")
@by_option
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    format_name: str,
    target: Path | None,
    group: str | None,
    severity: str,
    rules: tuple[str, ...],
    accepted: bool,
    states: Path | None,
    fix: str | None,
    why: str,
    by: str | None,
) -> None:
    """List the findings of PROJECT; exit code 1 where there are any."""
    for name in (*rules, *([fix] if fix else [])):
        if name not in RULES:
            raise NoSuchRule(name)
    if fix and not why.strip():
        raise click.UsageError("every change needs its reason: give --why TEXT with --fix")
    reading = [states] if states else []
    output = export_output(target, project=project, reading=reading) if target is not None else None
    state_list = load_states(states) if states else None
    with open_project(project, by=by, read_only=not fix) as session:
        checks = Checks(session, state_list)
        if fix:
            _apply_fixes(session, checks, fix, why.strip())
            return
        wanted = _SEVERITIES[: _SEVERITIES.index(severity) + 1]
        rows_of = accepted_rows if accepted else open_rows
        rows = [
            row
            for record in session.ids()
            for row in rows_of(session, checks, record)
            if row.finding.severity in wanted and row.finding.rule in (rules or RULES)
        ]
        report = _report(rows, format_name, group)
        if output is not None:
            output.write(report.encode("utf-8"))
        else:
            click.echo(report, nl=False)
    ctx.exit(FINDINGS if rows and not accepted else 0)


def _report(rows: Sequence[FindingRow], format_name: str, group: str | None) -> str:
    """Render the findings in a format; only text can be grouped."""
    if format_name == "text" and group is not None:
        return _GROUPINGS[group](rows)
    return FINDINGS_FORMATS[format_name](rows)


def _apply_fixes(session: Session, checks: Checks, rule: str, why: str) -> None:
    with progress_bar("Working out the fixes") as progress:
        values = run_now(find_fixes(checks, RULES[rule], session.ids()), progress)
    lines = [
        f"{session.name_of(edit.record)}, {edit.field}: {_excerpt(edit.before, edit.after)}"
        for edit in preview(session, values)
    ]
    with progress_bar("Changing the records") as progress:
        step = run_now(session.edit_work(ChangeKind.CORRECTION, values, reason=why), progress)
    if step is None:
        click.echo(f"{rule}: there is nothing that certainly mends it; nothing was changed")
        return
    for line in lines:
        click.echo(line)
    fields, records = quantity(len(lines), "field"), quantity(len(values), "record")
    click.echo(f"step {step.number}: {fields} of {records} mended")


def _excerpt(before: str, after: str) -> str:
    old, new = excerpts(before, after, _CONTEXT)
    return f"{as_line(old)} → {as_line(new)}"


_GROUPINGS: dict[str, Callable[[Sequence[FindingRow]], str]] = {
    "rule": grouped_by_rule,
    "record": grouped_by_record,
}
