"""`dichterbij campaign`: items of a campaign with their links, and what these brought."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from dichterbij.domains.outreach.rules import Kind, NewItem, Target
from dichterbij.shared.errors import InputError

if TYPE_CHECKING:
    from dichterbij.domains.outreach.queries import ItemRow

Hold = Callable[[], AbstractContextManager[None]]
DAY = click.DateTime(["%Y-%m-%d"])


def _day(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


@contextmanager
def _database(hold: Hold) -> Iterator[None]:
    import django

    django.setup()
    with hold():
        yield


@click.group("campaign")
def command() -> None:
    """Items of a campaign: a poster, flyer, advert or post with its own link, counted without following anybody."""


@command.command()
@click.option("--code", required=True, help="What the link ends with: 2 to 30 letters, digits and hyphens.")
@click.option("--region", required=True, help="The labour-market region it is for (AM01..AM38).")
@click.option("--title", required=True, help="Where people meet it, in words.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default=Kind.POSTER.value, show_default=True)
@click.option(
    "--target",
    type=click.Choice([target.value for target in Target]),
    default=Target.HOME.value,
    show_default=True,
    help="The page.",
)
@click.option("--from", "since", type=DAY, callback=_day, help="First day that counts.  [default: today]")
@click.option("--until", type=DAY, callback=_day, help="Last day that counts; the link goes on working.")
@click.option("--by", "maker", default="dichterbij campaign", show_default=True, help="The desk that makes it.")
@click.pass_obj
def add(
    hold: Hold, code: str, region: str, title: str, kind: str, target: str,
    since: date | None, until: date | None, maker: str,
) -> None:  # fmt: skip
    """Make an item; prints the path of its link."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.outreach.actions import add_item

        now = timezone.now()
        first = since or timezone.localdate(now)
        item = NewItem(code, region, title, Kind(kind), Target(target), first, until)
        click.echo(f"/c/{add_item(actor=maker, item=item, now=now)}/")


@command.command()
@click.argument("code")
@click.option("--on", type=DAY, callback=_day, help="Last day that counts.  [default: today]")
@click.option("--by", "maker", default="dichterbij campaign", show_default=True, help="The desk that ends it.")
@click.pass_obj
def end(hold: Hold, code: str, on: date | None, maker: str) -> None:
    """Stop counting an item after a day; whoever still meets it is sent on as before."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.outreach.actions import end_item

        now = timezone.now()
        end_item(actor=maker, code=code, on=on or timezone.localdate(now), now=now)
    click.echo(f"Counting {code} ends.", err=True)


@command.command("list")
@click.option("--region", help="Only this region (AM01..AM38).")
@click.option("--json", "as_json", is_flag=True, help="Print the items as JSON.")
@click.pass_obj
def list_items(hold: Hold, region: str | None, as_json: bool) -> None:
    """All items with their links."""
    with _database(hold):
        from dichterbij.domains.outreach.queries import items

        found = items(region=_known(region))
    if as_json:
        click.echo(json.dumps([_plain(item) for item in found], ensure_ascii=False))
        return
    for item in found:
        until = item.valid_until or "no end"
        click.echo(f"/c/{item.code}/  {item.region_code} {item.region_name}  {item.kind}: {item.title}  "
                   f"-> {item.target}  {item.valid_from} to {until}")  # fmt: skip
    if not found:
        click.echo("There are no items yet: make one with `dichterbij campaign add`.", err=True)


@command.command()
@click.option("--region", help="Only this region (AM01..AM38).")
@click.option("--since", type=DAY, callback=_day, help="Count from this day on.  [default: the beginning]")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.pass_obj
def figures(hold: Hold, region: str | None, since: date | None, form: str) -> None:
    """What each item brought, from visit to contact; numbers from 1 to 4 as `<5`."""
    with _database(hold):
        from dichterbij.domains.outreach.queries import figures as read
        from dichterbij.domains.outreach.queries import table

        rows = table(read(region=_known(region), since=since))
    if form == "json":
        click.echo(json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]], ensure_ascii=False))
        return
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    click.echo(out.getvalue(), nl=False)


@command.command()
@click.argument("code")
@click.option("--site", required=True, help="The address of this site, such as https://dichterbij.example.")
@click.option("--out", type=click.File("wb", lazy=True), help="Write the SVG here.  [default: stdout]")
@click.pass_obj
def qr(hold: Hold, code: str, site: str, out: Any) -> None:
    """The QR code of an item's link, as SVG for print; the link itself on stderr, to print beside it."""
    address = _site(site)
    with _database(hold):
        from dichterbij.domains.outreach.queries import item_row

        link = f"{address}/c/{item_row(code).code}/"
    import segno

    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=4, unit="mm", scale=1)
    (out or sys.stdout.buffer).write(drawn.getvalue())
    click.echo(link, err=True)


def _known(region: str | None) -> str | None:
    """The code of a region that exists; AreaNotFoundError."""
    if region is None:
        return None
    from dichterbij.domains.regions.queries import region as find

    return find(region.strip().upper()).code


def _plain(item: ItemRow) -> dict[str, object]:
    return {
        "code": item.code, "link": f"/c/{item.code}/", "region": item.region_code, "title": item.title,
        "kind": item.kind, "target": item.target, "valid_from": item.valid_from.isoformat(),
        "valid_until": item.valid_until.isoformat() if item.valid_until else None,
        "made_by": item.made_by, "invented": item.invented,
    }  # fmt: skip


def _site(text: str) -> str:
    """The site's address without a slash at the end; InputError when it is not one."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise InputError(f"--site {text[:100]!r} is not an address of a site: write https://dichterbij.example.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
