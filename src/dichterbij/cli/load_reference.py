"""`dichterbij load-reference`: the packaged reference data into the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.journal.actions import Changes, LoadedSet, ReferenceSet

ACTOR = "dichterbij load-reference"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@click.option("--anew", is_flag=True, help="Compare every row, also of sets that equal the last load.")
@click.pass_obj
def command(hold_database: Callable[[], AbstractContextManager[None]], as_json: bool, anew: bool) -> None:
    """Bring the database up to date with the packaged reference data; prints what changed.

    Repeatable. Nothing is ever deleted: what the data no longer holds is marked obsolete, with the date. All or
    nothing: when it stops half-way, the database is as it was.
    """
    import django

    django.setup()
    from django.utils import timezone

    from dichterbij.domains.journal.actions import load_reference

    with hold_database():
        loaded = load_reference(sets=reference_sets(), actor=ACTOR, now=timezone.now(), anew=anew, progress=_progress)
    click.echo(_json(loaded) if as_json else "\n".join(_lines(loaded)))


def reference_sets() -> tuple[ReferenceSet, ...]:
    """Every packaged set, in the order of their references to each other."""
    from dichterbij.domains.regions import actions as regions
    from dichterbij.domains.skills import actions as skills

    return (*regions.reference_sets(), *skills.reference_sets())


def _progress(name: str) -> None:
    click.echo(f"Loading {name} ...", err=True)


def _json(loaded: Sequence[LoadedSet]) -> str:
    sets = {item.name: {"is_same": item.is_same, "tables": _tables(item)} for item in loaded}
    return json.dumps({"sets": sets}, ensure_ascii=False)


def _tables(item: LoadedSet) -> dict[str, dict[str, int]]:
    return {table: asdict(changes) for table, changes in item.tables.items()}


def _lines(loaded: Sequence[LoadedSet]) -> Iterator[str]:
    for item in loaded:
        for table, changes in item.tables.items():
            name = table if table == item.name else f"{item.name}: {table}"
            yield f"{name}: {_told(changes, is_same=item.is_same)}"


def _told(changes: Changes, *, is_same: bool) -> str:
    if is_same:
        return f"as loaded before, {changes.unchanged:,} rows"
    told = f"{changes.added:,} added, {changes.changed:,} changed, {changes.unchanged:,} unchanged"
    told += f", {changes.obsolete:,} obsolete"
    return told + (f", {changes.left_out:,} left out (they name something unknown)" if changes.left_out else "")
