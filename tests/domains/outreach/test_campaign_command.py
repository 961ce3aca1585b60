"""`dichterbij campaign` as an operator types it: links, figures and QR codes, and one clear sentence when it cannot."""

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dichterbij.cli import main
from dichterbij.domains.outreach.actions import count_steps
from dichterbij.domains.outreach.rules import Step

pytestmark = pytest.mark.django_db
ADD = ["add", "--code", "Twente-1", "--region", "am05", "--title", "Bibliotheek", "--target", "near"]


@pytest.fixture
def campaign(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "object":
    """`campaign("list")` gives exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dichterbij", "campaign", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        heard = capsys.readouterr()
        return code, heard.out, heard.err

    return run


def test_an_item_is_made_listed_counted_and_ended(campaign) -> None:  # type: ignore[no-untyped-def]
    assert campaign(*ADD, "--from", "2026-11-01", "--by", "WSP Twente") == (0, "/c/twente-1/\n", "")
    assert "/c/twente-1/  AM05 Twente  poster: Bibliotheek  -> near  2026-11-01 to no end" in campaign("list")[1]
    count_steps(code="twente-1", steps=[Step.VISIT], on=date(2026, 11, 2), times=9)
    rows = list(csv.DictReader(io.StringIO(campaign("figures", "--region", "AM05")[1])))
    assert [(row["code"], row["visit"], row["near"]) for row in rows] == [("twente-1", "9", "0")]
    assert campaign("end", "twente-1", "--on", "2026-11-05")[0] == 0
    (item,) = json.loads(campaign("list", "--json")[1])
    assert (item["valid_until"], item["made_by"]) == ("2026-11-05", "WSP Twente")
    later = json.loads(campaign("figures", "--since", "2026-11-03", "--format", "json")[1])
    assert later[0]["visit"] == "0"


def test_an_empty_list_says_how_to_make_an_item(campaign) -> None:  # type: ignore[no-untyped-def]
    code, out, told = campaign("list")
    assert (code, out) == (0, "")
    assert "dichterbij campaign add" in told


def test_a_qr_code_is_a_picture_of_the_link(campaign, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    campaign(*ADD)
    out = tmp_path / "poster.svg"
    code, _, told = campaign("qr", "twente-1", "--site", "https://dichterbij.example/", "--out", str(out))
    assert (code, told) == (0, "https://dichterbij.example/c/twente-1/\n")
    assert ElementTree.parse(out).getroot().tag.endswith("svg")  # noqa: S314 - our own file


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([*ADD[:2], "twee woorden", *ADD[3:]], "letters, digits and hyphens"),
        ([*ADD[:4], "AM99", *ADD[5:]], "No region has the code AM99"),
        ([*ADD[:6], " ", *ADD[7:]], "Give a title"),
        ([*ADD, "--kind", "billboard"], "is not one of 'poster'"),
        ([*ADD, "--until", "2020-01-01"], "before it starts"),
        ([*ADD, "--until", "gisteren"], "does not match the format"),
        (["end", "bestaat-niet"], "No campaign item has the code"),
        (["figures", "--region", "Twente"], "No region has the code TWENTE"),
        (["qr", "bestaat-niet", "--site", "https://dichterbij.example"], "No campaign item has the code"),
        (["qr", "twente-1", "--site", "dichterbij"], "is not an address of a site"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_code_two(campaign, arguments: list[str], told: str) -> None:  # type: ignore[no-untyped-def]
    code, out, heard = campaign(*arguments)
    assert (code, out) == (2, "")
    assert told in heard
    assert "Traceback" not in heard
