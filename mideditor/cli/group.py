"""The table of commands. Each has its own module, which is imported only when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
from typing_extensions import override

from mideditor import __version__
from mideditor.files.user_error import UserError

FINDINGS = 1
MISUSE = 2
STOPPED = 130
"""The exit code that shells use for Ctrl+C."""

# To add a command, write `mideditor/cli/NAME.py` with a click command `command` and add its row.
COMMANDS: dict[str, tuple[str, str]] = {
    "import": ("import_texts", "Read chapter texts into a project."),
    "export": ("export", "Write corrected chapters as clean text or JSON."),
    "set": ("set_field", "Change one field of one record, with a reason."),
    "log": ("log", "Show who changed what, when and why."),
    "coders": ("coders", "List the coders, or note which signatures are of one."),
    "undo": ("undo", "Take back the last step, or one by its number."),
    "restore": ("restore", "List the backups of a project, or go back to one."),
    "merge": ("merge", "Compare a project with another copy of it, and take over."),
    "check": ("check", "List what the checks find in a project."),
    "compare": ("compare", "Compare a project with the published data set."),
    "verify": ("verify", "Check that log and records are unaltered."),
}


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports each on demand."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table, then those added elsewhere."""
        return [*COMMANDS, *super().list_commands(ctx)]

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command with this name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"mideditor.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for --help, without importing any."""
        rows = [(name, summary) for name, (_, summary) in COMMANDS.items()]
        rows += [
            (name, command.get_short_help_str()) for name, command in sorted(self.commands.items())
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    @override
    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn errors into one line on standard error and an exit code."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"mideditor: {error}", err=True)
            ctx.exit(MISUSE)
        except click.UsageError as error:
            name = error.ctx.command_path if error.ctx else "mideditor"
            message = error.format_message().removesuffix(".")
            click.echo(f"{name}: {message}. See {name} --help.", err=True)
            ctx.exit(MISUSE)
        except KeyboardInterrupt:
            click.echo("mideditor: stopped", err=True)
            ctx.exit(STOPPED)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            from mideditor.files.error_log import keep_details  # a tenth of the time of --help

            click.echo(f"mideditor: {keep_details(error)}", err=True)
            ctx.exit(MISUSE)


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="mideditor")
def mideditor() -> None:
    """Correct and code chapters of militarized interstate disputes.

    “mideditor [PROJECT]” opens the window; “mideditor --sample” opens it on the sample project.
    The commands below do the same work without one.

    Exit codes: 0 done, 1 findings or differences, 2 misuse or unreadable input.
    """
