"""From a poster to a phone number, and what the figures then tell: with and without JavaScript."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
LINK = "/c/am36-kerst/"


def test_a_poster_leads_to_what_is_near_and_every_step_is_counted_without_a_trace(visit: Visit) -> None:
    page = visit(LINK)
    assert page.url.endswith("/en/dichtbij/")
    page.get_by_label("What is your postcode?").fill("8011")
    page.get_by_role("button", name="Show what is near").click()
    page.locator(".near-title").first.click()
    page.goto("/nl/loket/AM36/alle/")
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}  # type: ignore[typeddict-item]
    assert kept["campaign"]["value"] == "am36-kerst~vnbd"  # type: ignore[typeddict-item]
    assert kept["campaign"]["httpOnly"]  # type: ignore[typeddict-item]
    page.goto("/nl/campagne/?regio=AM36")
    card = page.locator(".campaign-item", has_text="Kerstmarkt Zwolle")
    expect(card.get_by_text("Nog geen bezoeken")).to_be_visible()  # today is told tomorrow


def test_choosing_a_number_is_told_only_by_a_visit_that_came_by_a_link(visit: Visit) -> None:
    page = visit("/nl/loket/AM36/alle/")
    assert page.locator("script[src*='contact']").count() == 0
    page.goto(LINK)
    page.goto("/nl/loket/AM36/alle/")
    told: list[str] = []
    page.on("request", lambda request: told.append(f"{request.method} {request.url.rpartition('/c/')[2]}"))
    # The demo's numbers are invented and cannot be dialled: a number like that of a real desk is put in their place.
    page.evaluate(
        """() => { const link = document.createElement("a"); link.href = "tel:+310000"; link.textContent = "bel";
            link.addEventListener("click", (event) => event.preventDefault());
            document.querySelector("main").prepend(link); }"""
    )
    page.get_by_role("link", name="bel").click()
    page.wait_for_timeout(300)
    assert "POST contact/gekozen/" in told
    assert {cookie.get("value") for cookie in page.context.cookies() if cookie.get("name") == "campaign"} == {
        "am36-kerst~vdc"
    }


def test_the_figures_can_be_filtered_without_javascript(visit: Visit) -> None:
    page = visit("/nl/campagne/", javascript=False)
    page.get_by_label("Regio", exact=True).select_option("Twente")
    page.get_by_label("Zet op volgorde van").select_option(label="Meeste eerst: Zocht een loket op")
    page.get_by_role("button", name="Toon deze cijfers").click()
    titles = page.locator(".campaign-item h3").all_text_contents()
    assert [title.split(",")[0].split(" ")[0] for title in titles] == ["Bibliotheek", "Bijeenkomst", "Wachtkamers"]
    assert "regio=AM05" in page.url
