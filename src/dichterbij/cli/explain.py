"""`dichterbij explain`: for one person and one opening every route and every rule, in Dutch or English."""

import json
from datetime import date
from pathlib import Path

import click

from dichterbij.cli.bridge_run import Progress, bridge_options, read_run
from dichterbij.domains.matching.queries.explaining import in_words
from dichterbij.engine import Openings, People
from dichterbij.engine.facts import opening_at_row, person_at
from dichterbij.engine.trace import explain_pair
from dichterbij.shared.errors import InputError


def row_of(table: People | Openings, identity: str, kind: str) -> int:
    """The row with this id. InputError when there is none."""
    row = int(table.ids.index(identity).as_py())
    if row < 0:
        raise InputError(f"There is no {kind} {identity!r} in the file.")
    return row


@click.command("explain")
@click.argument("person_id")
@click.argument("opening_id")
@bridge_options
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Dutch or English.")
@click.option("--json", "as_json", is_flag=True, help="Codes and values with the words, as JSON.")
def command(
    person_id: str,
    opening_id: str,
    people: Path,
    openings: Path,
    on: date | None,
    parameters: Path | None,
    skip_bad_rows: bool,
    language: str,
    as_json: bool,
) -> None:
    """Why OPENING_ID is near PERSON_ID or not: the rules of each route, what is held, needed and would change it."""
    run = read_run(
        people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=Progress(), compiled=None
    )
    person = person_at(run.people, row_of(run.people, person_id, "person"), run.parameters)
    opening = opening_at_row(run.openings, row_of(run.openings, opening_id, "opening"), run.parameters)
    found = in_words(explain_pair(person, opening, run.parameters, on=run.on), language)
    click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) if as_json else found.text(), nl=as_json)
