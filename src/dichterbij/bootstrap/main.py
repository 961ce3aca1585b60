"""The `dichterbij` command: the command line plus the commands that only the composition root can offer."""

import os

from dichterbij import cli


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
    cli.main()
