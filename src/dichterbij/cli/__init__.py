"""`dichterbij ...`: data to stdout, talk to stderr, exit code 0 done, 2 stopped by input or arguments."""

import importlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import click

from dichterbij import __version__
from dichterbij.shared.errors import DichterbijError

LONGEST_NAME = 200
NO_MEMORY = (
    "there is not enough memory for this; nothing was kept. Close other programs, or divide the input over files."
)

# Command name -> module in this package; each module holds a click command named `command`.
COMMANDS = {
    "access": "access",
    "account": "accounts",
    "campaign": "campaign",
    "match": "match",
    "people-for": "people_for",
    "content": "content",
    "explain": "explain",
    "exposure": "exposure",
    "journal": "journal",
    "handovers": "handovers",
    "ledger": "ledger",
    "letters": "letters",
    "link": "link",
    "load-reference": "load_reference",
    "messages": "messages",
    "network": "network",
    "no-bridge": "no_bridge",
    "partition": "partition",
    "people": "people",
    "resolve": "resolve",
    "schemes": "schemes",
    "synth": "synth",
    "vum": "vum",
}


class LazyGroup(click.Group):
    """Imports a command only when it is called, so that `dichterbij match` does not pay for Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"dichterbij.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dichterbij")
def group() -> None:
    """Dichterbij: how close is this person to this opening, and what would bridge the gap?"""


def main(hold_database: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
    """Run the command line; errors a user can mend are one sentence on stderr and exit code 2.

    `hold_database` keeps a database up while a command uses it; commands get it as click's `obj`.
    """
    try:
        group.main(standalone_mode=False, obj=hold_database)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except DichterbijError as error:
        click.echo(f"Error: {error.message}", err=True)
        sys.exit(2)
    except MemoryError:
        click.echo(f"Error: {NO_MEMORY}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"Error: {_told(error)}", err=True)
        sys.exit(2)


def _told(error: OSError) -> str:
    """What the machine refused, and about which file; the second name is the one the user knows."""
    name = str(error.filename2 or error.filename or "a file or connection")
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}..."
    return f"{shown}: {error.strerror or error}. Choose another file or folder, or make room, and try again."
