"""A mistake in a region's desks file is named, with the file, the desk, the field and what was expected."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dichterbij.domains.regions.rules.desk_files import read_desks
from dichterbij.domains.regions.rules.desk_records import read_desk
from dichterbij.shared.errors import InputError


def record(**changes: Any) -> dict[str, Any]:
    return {
        "id": "AM12-rmt",
        "kind": "rmt",
        "name": {"nl": "RMT", "en": "RMT"},
        "for": ["job_seeker"],
        "topics": ["work"],
        "address": "Plein 1 (verzonnen adres)",
        "phone": "(0XX) 000 12 01",
        "email": "rmt@gooi.example",
        "website": "https://gooi.example",
        "hours": [{"days": ["mon"], "from": "09:00", "to": "17:00"}],
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "invented": True,
        "source": "een bron",
    } | changes


def test_a_whole_record_becomes_a_desk() -> None:
    desk = read_desk(record(), region_code="AM12", where="AM12.yaml")
    assert desk.is_valid(date(2026, 1, 1))
    assert not desk.is_valid(date(2025, 12, 31))


def test_a_real_desk_may_carry_its_real_number() -> None:
    real = record(invented=False, phone="035 123 45 67", email="a@b.nl", website="https://b.nl", address="Plein 1")
    assert read_desk(real, region_code="AM12", where="AM12.yaml").phone == "035 123 45 67"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "winkel"}, "kind is one of"),
        ({"for": []}, "for must be a list"),
        ({"topics": ["weer"]}, "topics is one of"),
        ({"name": {"nl": "RMT"}}, "name needs nl and en"),
        ({"phone": "035 123 45 67"}, "an invented phone is written"),
        ({"email": "rmt@gooi.nl"}, "end in .example"),
        ({"address": "Plein 1"}, "verzonnen"),
        ({"hours": []}, "hours must be a list with at least one"),
        ({"hours": [{"days": ["mon"], "from": "17:00", "to": "09:00"}]}, ".*is not after opening time"),
        ({"hours": [{"days": ["mon"], "from": 540, "to": 1020}]}, ".*with quotes"),
        ({"valid_from": "binnenkort"}, "is a date like"),
        ({"valid_to": date(2025, 1, 1)}, "lies before valid_from"),
        ({"invented": "ja"}, "invented is true or false"),
        ({"id": "AM18-rmt"}, "starts with AM12-"),
        ({"source": " "}, "source must be text"),
        ({"telefoon": "1"}, "telefoon is no field here"),
    ],
)
def test_a_mistake_is_named(changes: dict[str, Any], expected: str) -> None:
    with pytest.raises(InputError, match=r"^AM12\.yaml, desk .*" + expected):
        read_desk(record(**changes), region_code="AM12", where="AM12.yaml")


def test_a_missing_field_is_named() -> None:
    incomplete = record()
    del incomplete["phone"]
    with pytest.raises(InputError, match="phone is missing"):
        read_desk(incomplete, region_code="AM12", where="AM12.yaml")


def test_a_file_of_another_region_is_refused(tmp_path: Path) -> None:
    (tmp_path / "AM12.yaml").write_text("region: AM18\ndesks: []\n", encoding="utf-8")
    with pytest.raises(InputError, match="this file is of region AM12"):
        read_desks(tmp_path)
