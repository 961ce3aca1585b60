"""From the list to the routes side by side and on to the list of one route, on a phone without JavaScript too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support.near import to_list

Visit = Callable[..., Page]
AxeClean = Callable[[Page], None]


@pytest.mark.parametrize(("width", "javascript"), [(390, False), (1280, True)])
def test_the_routes_stand_beside_each_other_and_lead_to_the_list_of_one(
    visit: Visit, assert_axe_clean: AxeClean, width: int, javascript: bool
) -> None:
    page = to_list(visit, width=width, javascript=javascript)
    page.get_by_role("link", name="Bekijk de routes naast elkaar").click()
    columns = page.locator(".near-side__route")
    expect(columns).to_have_count(4)
    boxes = [columns.nth(at).bounding_box() for at in range(4)]
    tops, lefts = ({round(box[side]) for box in boxes if box} for side in ("y", "x"))
    assert (len(tops), len(lefts)) == ((4, 1) if width < 400 else (1, 4))
    if javascript:
        assert_axe_clean(page)
    first = columns.first
    count = first.locator(".near-side__count strong").inner_text()
    first.get_by_role("button", name=f"Toon alle {count}").click()
    page.wait_for_url("**/dichtbij/lijst/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} plekken")
    assert "1811" not in page.url
