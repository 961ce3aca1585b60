"""Where planks and words stand in the drawing of a bridge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.web.near.picture import PlankText, Shape, pictures, tall_picture, text_width, wide_picture, wrap

LONG = "hoogspanningsveiligheidscertificaataanvraagprocedure"
YOU, WORK = PlankText("jij"), PlankText("het werk", "35 minuten", "met bus of trein")
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzWM \u00ad", min_size=1, max_size=60)


@given(text=WORDS, width=st.integers(60, 400))
def test_no_line_is_wider_than_its_plank(text: str, width: int) -> None:
    lines = wrap(text, width=width, size=17)
    assert all(text_width(line, 17) <= width for line in lines)
    kept = "".join(lines).replace("-", "").replace(" ", "")
    assert kept == "".join(text.split()).replace("\u00ad", "")


def test_a_word_breaks_where_it_may() -> None:
    assert wrap("heftruck\u00adcertificaat", width=100, size=17) == ["heftruck-", "certificaat"]
    assert wrap("rij\u00adbewijs", width=400, size=17) == ["rijbewijs"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_planks_lie_between_the_banks_and_apart(count: int) -> None:
    planks = tuple(PlankText(f"Stap {n} {LONG}", "ongeveer 12 weken", "Het leerwerkloket helpt") for n in range(count))
    wide, tall = (
        wide_picture(you=YOU, work=WORK, planks=planks),
        tall_picture(you=YOU, work=WORK, planks=planks),
    )
    for left, right in zip(wide.planks, wide.planks[1:], strict=False):
        assert left.x + left.width < right.x
    assert wide.planks[0].x >= wide.you.width
    assert wide.planks[-1].x + wide.planks[-1].width <= wide.work.x
    for upper, lower in zip(tall.planks, tall.planks[1:], strict=False):
        assert upper.y + upper.height < lower.y
    for picture in (wide, tall):
        for plank in (*picture.planks, picture.you, picture.work):
            assert plank.y >= 0
            assert plank.y + plank.height <= picture.height + 0.01
            for line in plank.lines:
                assert plank.y < line.y < plank.y + plank.height


def test_with_many_planks_only_the_tall_drawing_is_made() -> None:
    planks = tuple(PlankText(f"Stap {n}") for n in range(6))
    assert [picture.side for picture in pictures(you=YOU, work=WORK, planks=planks)] == ["tall"]
    assert [picture.side for picture in pictures(you=YOU, work=WORK, planks=planks[:5])] == ["wide", "tall"]


def test_one_straight_plank_lies_level() -> None:
    picture = wide_picture(you=YOU, work=WORK, planks=(PlankText("Je kunt zo beginnen", shape=Shape.STRAIGHT),))
    assert picture.planks[0].y == picture.you.y
