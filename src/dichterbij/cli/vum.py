"""`dichterbij vum import`: profiles and vacancies of the national exchange standard."""

import dataclasses
import json
from pathlib import Path

import click

from dichterbij import data
from dichterbij.gateways.vum.importing import ImportReport, import_file
from dichterbij.gateways.vum.schema import Kind

KINDS = {"job-seekers": Kind.JOB_SEEKER, "vacancies": Kind.VACANCY}
SHOWN, LONGEST_ID = 20, 60


@click.group("vum")
def command() -> None:
    """Data of the national exchange for matching (VUM, gegevensstandaard 1.5)."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(list(KINDS)), required=True, help="What the file holds.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for what comes out.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def import_command(file: Path, kind: str, out: Path, *, as_json: bool) -> None:
    """Import FILE (a JSON list, or one record a line). Invalid records are refused with path and reason."""
    pc4 = data.reference_table("postcodes", "postcodes.csv").column("pc4").to_pylist()
    report = import_file(kind=KINDS[kind], path=file, out=out, postcodes=frozenset(pc4))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report)))
    else:
        _say(report, out)


def _say(report: ImportReport, out: Path) -> None:
    click.echo(f"{report.imported} of {report.read} records imported into {out}.")
    click.echo(f"{report.untranslated_skills} with skills that are not translated yet: those count as unknown.")
    if report.doelgroep_kept_apart:
        click.echo(
            f"{report.doelgroep_kept_apart} doelgroep flags kept apart in doelgroep.jsonl; the bridge never reads them."
        )
    for refusal in report.refused[:SHOWN]:
        name = ascii(refusal["id"])[:LONGEST_ID] if refusal["id"] else "without id"
        click.echo(f"  refused: record {refusal['record']} ({name}), {refusal['path']}: expected {refusal['expected']}")
    if len(report.refused) > SHOWN:
        click.echo(f"  and {len(report.refused) - SHOWN} more in {out / 'refused.jsonl'}")
