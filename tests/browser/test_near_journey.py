"""From home to the bridge and a named desk: on a phone, in both languages, with and without JavaScript, by keyboard."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.near import when_ready

Visit = Callable[..., Page]
AxeClean = Callable[[Page], None]
WORDS = {
    "nl": {
        "postcode": "Je postcode",
        "show": "Toon wat dichtbij is",
        "desk": "Regionaal Mobiliteitsteam (RMT) Noord-Holland Noord",
        "bridge": "brug",
        "work": "Werk dat je deed, betaald of niet",
        "cleaner": "schoonmaker",
        "next": "Verder: wat kun je?",
        "keep": "Bewaar dit en toon wat dichtbij is",
        "proposal": "Een voorstel: klopt dit?",
        "wipe": "Wis mijn antwoorden",
        "wiped": "Je antwoorden zijn gewist",
        "tell": "Vertel welk werk je deed",
        "search": "Zoek",
    },
    "en": {
        "postcode": "Your postcode",
        "show": "Show what is near",
        "desk": "Regional mobility team (RMT) Noord-Holland Noord",
        "bridge": "bridge",
        "work": "Work you did, paid or not",
        "cleaner": "cleaner",
        "next": "Next: what can you do?",
        "keep": "Keep this and show what is near",
        "proposal": "A proposal: is this right?",
        "wipe": "Wipe my answers",
        "wiped": "Your answers are wiped",
        "tell": "Tell which work you did",
        "search": "Search",
    },
}
SECRETS = re.compile(r"1811|schoonmaker|cleaner|esco|postcode=|text=|modes=", re.I)


def to_list(visit: Visit, language: str, **how: object) -> Page:
    """From home, with only a postcode, to the list."""
    page = visit(f"/{language}/", **how)
    page.get_by_label(WORDS[language]["postcode"], exact=True).first.fill("1811 AB")
    page.get_by_role("button", name=WORDS[language]["show"]).click()
    page.wait_for_url("**/dichtbij/lijst/")
    return when_ready(page)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_answer_leads_from_home_to_a_bridge_and_a_named_desk(visit: Visit, language: str, javascript: bool) -> None:
    words = WORDS[language]
    page = to_list(visit, language, javascript=javascript)
    page.locator(".near-title").first.click()
    expect(page.get_by_role("img", name=re.compile(words["bridge"], re.I)).first).to_be_visible()
    expect(page.locator("#closing-title + *, .closing")).to_contain_text([words["desk"]])
    assert not SECRETS.search(page.url)


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.long)])
def test_telling_work_without_a_script_gives_proposals_to_confirm(visit: Visit, language: str) -> None:
    words = WORDS[language]
    page = to_list(visit, language, javascript=False)
    page.get_by_role("link", name=words["tell"]).click()
    page.get_by_label(words["work"]).fill(words["cleaner"])
    page.get_by_role("button", name=words["search"], exact=True).click()
    page.locator(".near-found button").first.click()
    page.get_by_role("button", name=words["next"]).click()
    expect(page.get_by_text(words["proposal"])).to_be_visible()
    page.locator("input[name=held]").first.uncheck()
    page.get_by_role("button", name=words["keep"]).click()
    page.wait_for_url("**/dichtbij/lijst/")
    expect(page.get_by_text(words["tell"])).to_have_count(0)
    assert not SECRETS.search(page.url)


def test_type_ahead_works_by_keyboard_alone(visit: Visit) -> None:
    page = to_list(visit, "nl")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto("/nl/dichtbij/vragen/werk/")
    field = page.get_by_role("combobox", name=WORDS["nl"]["work"])
    field.press_sequentially("schoonma", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    label = chosen.text_content() or ""
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    field.press("Enter")
    expect(page.locator(".near-chosen")).to_contain_text(label)
    page.get_by_role("combobox").press_sequentially("xx")
    page.get_by_role("combobox").press("Escape")
    assert not [address for address in addresses if SECRETS.search(address)]


def test_every_step_to_the_desk_can_be_taken_by_keyboard(visit: Visit) -> None:
    page = visit("/nl/dichtbij/", width=1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[name=postcode]").focus()
    page.keyboard.type("1811")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dichtbij/lijst/")
    when_ready(page).locator(".near-title").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".closing")).to_contain_text(WORDS["nl"]["desk"])


def test_j_and_k_walk_through_the_list_once_it_has_the_focus(visit: Visit) -> None:
    page = to_list(visit, "nl", width=1280)
    titles = page.locator(".near-table--list .near-title")
    page.keyboard.press("j")
    expect(titles.nth(0)).not_to_be_focused()
    titles.nth(0).focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dichtbij/vacature/**")


@pytest.mark.parametrize("javascript", [True, False])
def test_which_of_the_places_of_a_name_is_meant_is_asked_in_sight_on_a_phone(visit: Visit, javascript: bool) -> None:
    page = visit("/nl/", width=390, javascript=javascript)
    page.get_by_label(WORDS["nl"]["postcode"], exact=True).first.fill("Hengelo")
    page.get_by_role("button", name=WORDS["nl"]["show"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welke plaats bedoel je?")
    choice = page.get_by_role("button", name="Hengelo").first
    expect(choice).to_be_in_viewport()
    choice.click()
    page.wait_for_url("**/dichtbij/lijst/")


def test_a_postcode_that_does_not_exist_leads_to_the_place(visit: Visit) -> None:
    page = visit("/nl/dichtbij/", width=390, javascript=False)
    page.locator("[name=postcode]").fill("1234 zz")
    page.get_by_role("button", name=WORDS["nl"]["show"]).click()
    expect(page.get_by_text("We vinden postcode 1234 ZZ niet. Klopt hij?").first).to_be_visible()
    expect(page.locator("[name=postcode]")).to_be_focused()
    page.locator("[name=postcode]").fill("Schagen")
    page.get_by_role("button", name=WORDS["nl"]["show"]).click()
    page.wait_for_url("**/dichtbij/lijst/")
    expect(when_ready(page).get_by_role("heading", level=1)).to_contain_text("Schagen")


def test_the_answer_that_brings_most_can_be_tried_and_undone(visit: Visit) -> None:
    page = to_list(visit, "nl", javascript=False)
    page.goto("/nl/dichtbij/vragen/reizen/")
    page.get_by_label("Met de fiets", exact=True).check()
    page.get_by_label("15 minuten", exact=True).check()
    page.get_by_role("button", name=WORDS["nl"]["keep"]).click()
    before = page.get_by_role("heading", level=1).text_content()
    page.get_by_role("button", name="Kijk wat er verandert").click()
    expect(page.get_by_text("Je probeert nu")).to_be_visible()
    assert page.get_by_role("heading", level=1).text_content() != before
    page.get_by_role("button", name="Maak dit ongedaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(before or "")


def test_answers_can_be_wiped_and_are_only_in_a_closed_cookie(visit: Visit) -> None:
    page = to_list(visit, "nl")
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "answers"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["expires"] == -1
    assert "1811" not in cookie["value"]
    page.get_by_text(WORDS["nl"]["wipe"]).first.click()
    page.get_by_role("button", name="Ja, wis alles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["nl"]["wiped"])
    assert not [one for one in page.context.cookies() if one["name"] == "answers"]


def test_the_access_log_holds_no_answer(visit: Visit) -> None:
    from django.conf import settings

    log = Path(settings.HOME) / "site.log"
    before = len(log.read_bytes()) if log.exists() else 0
    page = to_list(visit, "nl", javascript=False)
    page.goto("/nl/dichtbij/vragen/werk/")
    page.get_by_label(WORDS["nl"]["work"]).fill("schoonmaker")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.locator(".near-found button").first.click()
    page.locator("[name=save]").click()
    if not log.exists():
        pytest.skip("the site of SITE_URL keeps its log elsewhere")
    for _ in range(100):  # the server writes its log when it likes, and sooner when more is asked
        page.request.get("/nl/")
        written = log.read_bytes()[before:].decode()
        if "/nl/dichtbij/vragen/werk/" in written:
            break
        time.sleep(0.1)
    assert "/nl/dichtbij/vragen/werk/" in written
    assert not SECRETS.search(written)


def with_a_list(visit: Visit, scheme: str, width: int) -> Page:
    page = visit("/nl/dichtbij/", width=width, scheme=scheme)
    page.locator("[name=postcode]").fill("1811")
    page.get_by_role("button", name=WORDS["nl"]["show"]).click()
    page.wait_for_url("**/dichtbij/lijst/")
    when_ready(page).locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    return page


@pytest.mark.long
def test_a_list_choosing_work_and_a_bridge_are_axe_clean_with_everything_open(
    visit: Visit, assert_axe_clean: AxeClean
) -> None:
    page = with_a_list(visit, "light", 390)
    assert_axe_clean(page)
    page.goto("/nl/dichtbij/vragen/werk/")
    page.get_by_role("combobox").press_sequentially("schoonma", delay=30)
    expect(page.get_by_role("option").first).to_be_visible(timeout=20_000)  # the first to ask waits for the index
    assert_axe_clean(page)
    page.goto("/nl/dichtbij/vacature/story-orders-heerhugowaard/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_axe_clean(page)


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_every_page_is_axe_clean(visit: Visit, assert_axe_clean: AxeClean, scheme: str, width: int) -> None:
    page = with_a_list(visit, scheme, width)
    assert_axe_clean(page)
    for path in (
        "vragen/",
        "vragen/reizen/",
        "vragen/tijden/",
        "vragen/liever-niet/",
        "vragen/papieren/",
        "vragen/wensen/",
    ):
        page.goto(f"/nl/dichtbij/{path}")
        assert_axe_clean(page)
    page.goto("/nl/dichtbij/vragen/papieren/")
    page.get_by_label("Ik spreek nog geen Nederlands").check()
    page.get_by_role("button", name=WORDS["nl"]["keep"]).click()
    page.goto("/nl/dichtbij/vragen/werk/")
    page.get_by_role("combobox").press_sequentially("schoonma", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("option").first.click()
    expect(page.locator(".near-chosen")).to_be_visible()
    assert_axe_clean(page)
    page.goto("/nl/dichtbij/vragen/kunnen/")
    assert_axe_clean(page)
    page.goto("/nl/dichtbij/vacature/story-orders-heerhugowaard/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_axe_clean(page)
    page.goto("/nl/dichtbij/mail/story-orders-heerhugowaard/")
    assert_axe_clean(page)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    page = to_list(visit, "nl", width=width)
    for path in ("lijst/", "vragen/kunnen/", "vragen/tijden/", "vacature/story-heftruck-zwaagdijk/"):
        page.goto(f"/nl/dichtbij/{path}")
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
