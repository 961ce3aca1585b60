"""An employer that reports itself with sites in several regions, on the pages of the team and of a region."""

from datetime import date
from secrets import token_urlsafe

from django.utils import timezone

from dichterbij.domains.openings import actions as openings
from support.network import unlike_name
from web.national.conftest import Pages
from web.national.test_employers import LIST, does, text_of


def report(firm: str, *sites: str) -> str:
    """The token of a message from Gouda (Midden-Holland) that names these regions too."""
    token = token_urlsafe()
    message = openings.NewMessage(
        "Verkoper", None, 2801, "AM20", "AM20-wsp", True, "nl", {"sites": list(sites)}, date(2027, 6, 1)
    )
    sender = openings.NewSender(firm, "Ans <b>Keten</b>", "ans@keten.example", "", "Kan het snel?", "", "", "90000001")
    openings.place_message(
        actor="tests", token=token, message=message, sender=sender, compose=lambda row, handed: [], now=timezone.now()
    )
    return token


def test_the_team_calls_once_and_each_region_reads_along(pages: Pages) -> None:
    name = unlike_name()
    token = report(name, "AM29", "AM30")
    listed = pages.national.get(f"{LIST}?status=came")
    (row,) = [one for one in listed.context["rows"] if one.name == name]
    page = f"{LIST}{row.id}/"
    shown = pages.national.get(page)
    assert "Ans &lt;b&gt;Keten&lt;/b&gt;" in shown.content.decode()
    assert "Wacht op één telefoontje, van: Landelijk team SZW" in text_of(shown)
    for browser in (pages.adviser, pages.elsewhere):
        told = text_of(browser.get(page))
        assert "één keer voor alle regio's" in told.replace("&#x27;", "'")
        assert "ans@keten.example" not in told
    assert does(pages, page, "approach", party="sbb", words="").status_code == 409
    assert does(pages, page, "keep_contact", lead=str(shown.context["found"].leads[0].reference)).status_code == 302
    assert does(pages, page, "keep_contact", lead="DB-XXXX").status_code == 404
    assert does(pages, page, "status", status="approached", words="").status_code == 302
    assert name not in {one.name for one in pages.national.get(f"{LIST}?status=came").context["rows"]}
    openings.withdraw_message(actor="tests", token=token, compose=lambda row: None, now=timezone.now())
    after = pages.national.get(page)
    assert after.context["found"].leads[0].person == ""
    assert after.context["found"].contacts[0].email == "ans@keten.example", "kept on purpose"
    assert "Bel er niet over" in text_of(after)
