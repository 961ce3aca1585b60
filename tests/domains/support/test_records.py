"""A mistake in a menukaart file is named, and a text that sounds like a promise is refused."""

from pathlib import Path
from typing import Any

import pytest

from dichterbij.domains.support.rules.files import MENUKAART, read_menukaart
from dichterbij.domains.support.rules.records import read_support
from dichterbij.shared.errors import InputError

SOURCES = {"stuk": "Een stuk"}


def item(**changes: Any) -> dict[str, Any]:
    return {
        "id": "AM12-fiets",
        "name": {"nl": "Fiets", "en": "Bike"},
        "what": {"nl": "Je kunt mogelijk een fiets lenen.", "en": "You may borrow a bike."},
        "category": "regional",
        "for": ["job_seeker"],
        "routes": "all",
        "backgrounds": "all",
        "decides": [{"by": "unknown"}],
        "pays": [{"by": "municipality", "when": ["welfare"]}],
        "moment": "before",
        "steps": ["ebike"],
        "needs": ["travel"],
        "form": "help",
        "source": {"document": "stuk", "section": "1"},
    } | changes


def test_a_whole_record_becomes_a_support() -> None:
    support = read_support(item(), region_code="AM12", sources=SOURCES, where="AM12.yaml")
    assert support.source == "Een stuk, 1"
    assert support.helps_with("ebike")


@pytest.mark.parametrize(
    ("steps", "step", "helps"),
    [
        (["licence:*"], "licence:CE", True),
        (["licence:B"], "licence:C", False),
        (["adaptation:*"], "licence:B", False),
        (["general"], "ebike", False),
    ],
)
def test_a_star_stands_for_all_of_a_kind(steps: list[str], step: str, helps: bool) -> None:
    support = read_support(item(steps=steps), region_code="AM12", sources=SOURCES, where="AM12.yaml")
    assert support.helps_with(step) is helps


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"what": {"nl": "Je hebt recht op een fiets, mogelijk.", "en": "A bike."}}, "sounds like a promise"),
        ({"what": {"nl": "Je krijgt een fiets. Kan ook.", "en": "A bike."}}, "sounds like a promise"),
        ({"what": {"nl": "Een fiets.", "en": "A bike."}}, "must be said as a possibility"),
        ({"what_employer": {"nl": "Je krijgt een fiets. Kan ook.", "en": "A bike."}}, "sounds like a promise"),
        ({"what_employer": {"nl": "Een fiets.", "en": "A bike."}}, "must be said as a possibility"),
        ({"steps": ["vliegen"]}, "is no step of the bridge"),
        ({"needs": ["honger"]}, "needs is one of"),
        ({"form": "cadeau"}, "form is one of"),
        ({"backgrounds": ["rijk"]}, "backgrounds is one of"),
        ({"decides": []}, "decides must be a list"),
        ({"decides": [{"by": "iemand"}]}, "decides: by is one of"),
        ({"source": {"document": "ander", "section": "1"}}, "is not among the sources"),
        ({"cancelled": True}, "says so in `ended`"),
        ({"id": "fiets"}, "starts with AM12-"),
        ({"kleur": "rood"}, "kleur is no field here"),
    ],
)
def test_a_mistake_is_named(changes: dict[str, Any], expected: str) -> None:
    with pytest.raises(InputError, match=r"^AM12\.yaml, item .*" + expected):
        read_support(item(**changes), region_code="AM12", sources=SOURCES, where="AM12.yaml")


def test_a_region_cannot_replace_an_item_that_every_region_has(tmp_path: Path) -> None:
    for name in ("menukaart.yaml", "AM01.yaml"):
        (tmp_path / name).write_bytes((MENUKAART / name).read_bytes())
    copy = (tmp_path / "AM01.yaml").read_text(encoding="utf-8")
    (tmp_path / "AM01.yaml").write_text(copy + copy.split("items:\n")[1], encoding="utf-8")
    with pytest.raises(InputError, match="a region adds items and replaces none"):
        read_menukaart(tmp_path)
