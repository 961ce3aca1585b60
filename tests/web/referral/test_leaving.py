"""From school to the municipality without a gap, through the pages: said by the school, warned of, and mended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dichterbij.domains.referral import queries
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.rules import OPEN, State
from dichterbij.domains.referral.rules.days import after_working_days
from dichterbij.domains.referral.seeing import own_work
from support.handing import REGION, Desks
from web.referral.test_today import text_of


@pytest.fixture(autouse=True)
def nothing_before(desks: Desks) -> None:
    """Every test begins with an empty list, whatever other tests left in this region."""
    with own_work():
        still = Handover.objects.filter(region=REGION, state__in=OPEN)
        still.update(state=State.WITHDRAWN.value, ended_at=timezone.now())


def test_a_school_leaver_has_no_gap_from_the_last_day_to_the_first_contact(desks: Desks) -> None:
    school, municipality = desks.browser(desks.world.wsp), desks.browser(desks.world.loket)
    last_day = timezone.localdate() + timedelta(days=3)
    answer = desks.give(school, desks.world.loket, last_day=last_day.isoformat())
    assert answer.status_code == 302
    row = _row(desks)
    assert row.last_day == last_day
    for browser in (school, municipality):
        assert "Van school: nog geen contact" in text_of(browser.get("/nl/vandaag/aannemen/"))
        assert "Van school: nog geen contact" in text_of(browser.get("/nl/vandaag/casusoverleg/"))
    page = f"/nl/vandaag/overdracht/{row.id}/"
    assert "Er is nog geen contact afgesproken" in text_of(municipality.get(page))
    assert "vult het eerste contact in" in text_of(school.get(page))
    after = after_working_days(last_day, 2)
    _say(municipality, row.id, row.version, last_day.isoformat(), after.isoformat())
    assert "Er valt een gat" in text_of(municipality.get(page))
    first = after_working_days(last_day, 1)
    assert _say(municipality, row.id, row.version, last_day.isoformat(), "").status_code == 409, "an older page"
    answer = _say(municipality, row.id, row.version + 1, last_day.isoformat(), first.isoformat())
    assert "De dagen zijn bewaard" in text_of(municipality.get(answer["Location"]))
    assert "Geen gat" in text_of(school.get(page))
    assert "Van school: nog geen contact" not in text_of(municipality.get("/nl/vandaag/aannemen/"))


def test_what_was_typed_wrong_is_said_and_another_desk_sees_no_such_page(desks: Desks) -> None:
    row = desks.world.send(now=timezone.now())
    browser = desks.browser(desks.world.loket)
    back = _say(browser, row.id, row.version, "morgen", "")
    assert back.status_code == 422
    assert "Dat is geen dag" in text_of(back)
    assert "Gaat deze persoon van school?" in text_of(browser.get(f"/nl/vandaag/overdracht/{row.id}/"))
    assert _say(desks.browser(desks.world.uwv), row.id, row.version, "2026-12-01", "").status_code == 404
    assert _say(browser, row.id, row.version + 1, "2026-12-01", "").status_code == 409


def test_a_year_that_was_typed_wrong_is_not_sent(desks: Desks) -> None:
    browser = desks.browser(desks.world.wsp)
    back = desks.give(browser, desks.world.loket, last_day="0026-12-24")
    assert back.status_code == 422
    assert "Vul een laatste dag op school in, hoogstens twee jaar verder." in text_of(back)
    assert f'min="{timezone.localdate().year - 2}-' in back.content.decode().partition('name="last_day"')[2][:200]


def _say(browser: Client, handover: object, version: int, last_day: str, contact_on: str):  # type: ignore[no-untyped-def]
    form = {"version": str(version), "last_day": last_day, "contact_on": contact_on}
    return browser.post(f"/nl/vandaag/overdracht/{handover}/school/", form)


def _row(desks: Desks) -> queries.HandoverRow:
    with own_work():
        newest = Handover.objects.filter(region=REGION).latest("made_at")
    return queries.handover(actor=desks.world.loket, handover=newest.pk, now=timezone.now())[0]
