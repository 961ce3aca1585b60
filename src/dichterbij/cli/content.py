"""`dichterbij content`: the written texts, the one whose review is due first on top."""

from datetime import UTC, date, datetime

import click

from dichterbij.data import ROOT, read_yaml


@click.command("content")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Due on this day; today when left out.")
@click.option("--overdue", "only_overdue", is_flag=True, help="Only texts that should have been read through by then.")
def command(on: datetime | None, only_overdue: bool) -> None:
    """List the written texts by the day before which somebody must read them through again."""
    today = (on or datetime.now(UTC)).date()
    waiting = [item for item in _texts() if not only_overdue or item[0] < today]
    for before, name, languages in waiting:
        state = "overdue" if before < today else "in time"
        click.echo(f"{before}\t{state}\t{name}\t{','.join(languages)}")
    late = sum(before < today for before, _name, _languages in waiting)
    click.echo(f"{len(waiting)} texts, {late} overdue on {today}.", err=True)


def _texts() -> list[tuple[date, str, list[str]]]:
    """Review date, `<area>/<slug>` and languages of each text, the earliest first."""
    found = []
    codes = [language["code"] for language in read_yaml(ROOT / "content" / "languages.yaml")]
    for path in (ROOT / "content").glob("*/*/page.yaml"):
        folder = path.parent
        languages = sorted(code for code in codes if (folder / f"{code}.yaml").is_file())
        found.append((read_yaml(path)["review_before"], f"{folder.parent.name}/{folder.name}", languages))
    return sorted(found)
