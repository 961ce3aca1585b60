"""What a bridge's block says is what its planks show, whatever is known or unknown."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.matching.queries import Bridge
from dichterbij.web.near import present
from dichterbij.web.near.picture import Shape
from dichterbij.web.near.reach import Block, block_of, in_between

STEPS = ("ebike", "childcare", "dutch", "licence:vog", "licence:B", "onboarding")
UNKNOWN = ("modes", "queue", "dutch", "level", "licences", "legal", "skills", "available_from")


def a_bridge(**values: object) -> Bridge:
    """A bridge with nothing in between and everything known, but for `values`."""
    known = {
        "opening_id": "o",
        "route": "direct",
        "undescribed": False,
        "weeks_to_start": 0,
        "steps": 0,
        "weeks_learning": 0,
        "travel_minutes": 20,
        "mode": "bike",
        "step_codes": (),
        "agreed_hours": 240,
        "missing": (),
        "optional_held": (),
        "to_ask": (),
    }
    return Bridge(**{**known, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "block"),
    [
        ({}, Block.NOW),
        ({"to_ask": ("modes", "available_from")}, Block.NOW),
        ({"to_ask": ("licences",)}, Block.MAYBE),
        ({"to_ask": ("dutch", "level")}, Block.MAYBE),
        ({"to_ask": ("legal",)}, Block.ASK),
        ({"to_ask": ("skills",)}, Block.ASK),
        ({"to_ask": ("legal",), "step_codes": ("onboarding",), "steps": 1, "weeks_learning": 26}, Block.ASK),
        ({"step_codes": ("onboarding",), "steps": 1}, Block.ONE),
        ({"step_codes": ("licence:vog",), "steps": 0}, Block.ONE),
        ({"step_codes": ("ebike", "licence:vog"), "steps": 1, "weeks_to_start": 2}, Block.MORE),
        ({"route": "open_hiring"}, Block.NOW),
        ({"route": "open_hiring", "weeks_to_start": 4}, Block.ONE),
        ({"route": "open_hiring", "weeks_to_start": 4, "step_codes": ("ebike",), "steps": 1}, Block.MORE),
        ({"undescribed": True, "to_ask": ("essential",)}, Block.UNDESCRIBED),
    ],
)
def test_the_block_follows_from_what_lies_in_between_and_what_is_not_known(
    values: dict[str, object], block: Block
) -> None:
    assert block_of(a_bridge(**values)) is block


@given(
    codes=st.sets(st.sampled_from(STEPS)),
    unknown=st.sets(st.sampled_from(UNKNOWN)),
    route=st.sampled_from(["direct", "open_hiring", "learn_work", "carving"]),
    weeks=st.sampled_from([0, 4]),
)
def test_the_planks_are_what_the_block_says(codes: set[str], unknown: set[str], route: str, weeks: int) -> None:
    way = a_bridge(route=route, step_codes=tuple(sorted(codes)), to_ask=tuple(sorted(unknown)), weeks_to_start=weeks)
    with translation.override("nl"):
        laid = present.planks(way)
    to_do = [plank for plank in laid if plank.shape in (Shape.STEP, Shape.WAIT)]
    assert len(to_do) == len(in_between(way))
    assert ("Je kunt zo beginnen" in [plank.name for plank in laid]) == (block_of(way) is Block.NOW)
    assert ("Je kunt misschien zo beginnen" in [plank.name for plank in laid]) == (block_of(way) is Block.MAYBE)
    if block_of(way) in (Block.NOW, Block.MAYBE):
        assert not to_do
    if block_of(way) is Block.NOW:
        assert [plank.shape for plank in laid] == [Shape.STRAIGHT]
    if block_of(way) is Block.ONE:
        assert len(to_do) == 1
    if unknown & {"skills", "legal"}:
        assert block_of(way) is Block.ASK
        assert [plank for plank in laid if plank.shape is Shape.ASK]
