"""`dichterbij schemes score`, `publish-list`, `draw`, `ranking`: what comes before deciding by lot or by score."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.schemes.actions import Scored

Hold = Callable[[], AbstractContextManager[None]]
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"])
at_moment = click.option("--at", type=MOMENT, help="In the round that took applications at this moment (Dutch time).")
by = click.option("--by", required=True, metavar="NAME", help="Who does this.")
approved_by = click.option("--approved-by", required=True, metavar="NAME", help="Who approves it: somebody else.")


@click.command("score")
@click.argument("scheme")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@by
@approved_by
@at_moment
@click.pass_obj
def score(hold_database: Hold, scheme: str, file: Path, by: str, approved_by: str, at: datetime | None) -> None:
    """Give the applications of a tender their scores, from a CSV file with number, score and reasons.

    All of the file is kept, or nothing. A later score goes before an earlier one until the list is published.
    """
    _setup()
    from django.utils import timezone

    from dichterbij.domains.schemes import actions

    scores = _read(file)
    with hold_database():
        done = actions.give_scores(
            scheme=scheme, scores=scores, actor=by, approved_by=approved_by, now=timezone.now(), at=_aware(at)
        )
    click.echo(f"{done} scores are kept. `dichterbij schemes publish-list {scheme}` makes them public.")


@click.command("publish-list")
@click.argument("scheme")
@click.option("--from", "from_at", type=MOMENT, help="Only who was complete from this moment on (Dutch time).")
@click.option("--until", "until_at", type=MOMENT, help="And before this one. Without both: the whole round.")
@click.option("--seed-from", default="", metavar="TEXT", help="Where the seed will come from, such as a lottery.")
@click.option("--seed-at", type=MOMENT, help="When it will be known (Dutch time); later than now.")
@by
@at_moment
@click.pass_obj
def publish_list(
    hold_database: Hold, scheme: str, from_at: datetime | None, until_at: datetime | None, seed_from: str,
    seed_at: datetime | None, by: str, at: datetime | None,
) -> None:  # fmt: skip
    """Publish who takes part in a draw of SCHEME, before anybody can know the seed. From now on scores stay."""
    _setup()
    from django.utils import timezone

    from dichterbij.domains.schemes import actions

    with hold_database():
        done = actions.publish_list(
            scheme=scheme, from_at=_aware(from_at), until_at=_aware(until_at), seed_from=seed_from,
            seed_at=_aware(seed_at), actor=by, now=timezone.now(), at=_aware(at),
        )  # fmt: skip
    click.echo(f"{done.entrants:,} take part; the SHA-256 of the list is {bytes(done.digest).hex()}")


@click.command("draw")
@click.argument("scheme")
@click.option("--seed", default="", help="What came out of where the list says; none where the list needs none.")
@click.option("--reason", required=True, help="Why it goes by lot or score.")
@click.option("--from", "from_at", type=MOMENT, help="Of the list that begins here; the newest one unless given.")
@by
@approved_by
@at_moment
@click.pass_obj
def draw(
    hold_database: Hold, scheme: str, seed: str, reason: str, from_at: datetime | None, by: str, approved_by: str,
    at: datetime | None,
) -> None:  # fmt: skip
    """Put the order of a published list in force: by score where there are scores, then by lot."""
    _setup()
    from django.utils import timezone

    from dichterbij.domains.schemes import actions

    with hold_database():
        done = actions.draw_lots(
            scheme=scheme, seed=seed, reason=reason, actor=by, approved_by=approved_by, now=timezone.now(),
            from_at=_aware(from_at), at=_aware(at),
        )  # fmt: skip
    click.echo(f"{done:,} have their place. `dichterbij schemes decide {scheme}` decides them in this order.")


@click.command("ranking")
@click.argument("scheme")
@click.option("--json", "is_json", is_flag=True, help="For machines: one JSON value per list.")
@at_moment
@click.pass_obj
def ranking(hold_database: Hold, scheme: str, is_json: bool, at: datetime | None) -> None:
    """Every list of SCHEME that is public, with its digest and seed, and the place and score of each on it."""
    _setup()
    from dichterbij.domains.schemes import queries

    with hold_database():
        found = [(row, queries.entries(row).some()) for row in queries.draws(scheme=scheme, at=_aware(at))]
    for row, entries in found:
        if is_json:
            click.echo(json.dumps(asdict(row) | {"entries": [asdict(one) for one in entries]}, default=str))
            continue
        seed = row.seed or (f"comes from {row.seed_from} at {row.seed_at}" if row.seed_from else "none: by receipt")
        click.echo(f"list {row.digest}, published {row.published_at}; seed: {seed}")
        for one in entries:
            place = "" if one.place is None else one.place
            click.echo(f"{place:>7} {one.number}  {'' if one.score is None else one.score}")


def _read(file: Path) -> list[Scored]:
    """The scores in a file. InputError with the row of a mistake."""
    from dichterbij.domains.schemes.rules.score_file import read_scores

    return read_scores(file.read_text(encoding="utf-8-sig"), name=file.name)


def _setup() -> None:
    import django

    django.setup()


def _aware(moment: datetime | None) -> datetime | None:
    from django.utils import timezone

    return None if moment is None else timezone.make_aware(moment)
