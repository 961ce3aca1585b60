"""The proof about scarce money: a rush through the whole site, and a thousand crashes. It goes on where it stopped.

    .venv/bin/python benchmarks/proof.py rush --home FOLDER [--applications 300000] [--clients 256] [--minutes 55]
    .venv/bin/python benchmarks/proof.py crash --home FOLDER [--rounds 1000] [--minutes 55]
    .venv/bin/python benchmarks/proof.py report --home FOLDER [--docs]

Ends with 0 when a part is done and right, with 3 when its time was up and it must be run again, with 1 when something
is wrong. What it finds stands in FOLDER/rush.json and FOLDER/crash.json; docs/reference/proof.md tells what is proven.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.proving import crash, report, rush
from benchmarks.proving.stage import Options

PARTS = {"rush": rush.run, "crash": crash.run, "report": report.run}


def main() -> int:
    """One part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--home", type=Path, required=True, help="a folder for database, answers and findings")
    parser.add_argument("--applications", type=int, default=300_000)
    parser.add_argument("--employers", type=int, default=60_000)
    parser.add_argument("--grants", type=int, default=11_333, help="how many fit under the ceiling")
    parser.add_argument("--clients", type=int, default=256)
    parser.add_argument("--browsers", type=int, default=1_500, help="people who use the form, beside the clients")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=55, help="after this it stops, to be run again")
    parser.add_argument("--calm-seconds", type=float, default=60, help="at 100 a second, before the rush")
    parser.add_argument("--docs", action="store_true", help="put what was found in docs/reference/proof.md")
    options = Options(**vars(parser.parse_args()))
    options.home.mkdir(parents=True, exist_ok=True)
    os.environ["DICHTERBIJ_HOME"] = str(options.home.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "dichterbij.bootstrap.settings"
    os.environ["DICHTERBIJ_DEMO"] = "1"
    return PARTS[options.part](options)


if __name__ == "__main__":
    sys.exit(main())
