"""A coordinator keeps the accounts and organisations of one region, and nothing of another."""

from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dichterbij.domains.accounts import queries
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral import actions as referral
from dichterbij.domains.referral.queries import caseload_size
from dichterbij.domains.regions.models import Region
from support.accounts import START, Browser, colleague, last_link, organisation
from support.handed_over import invented_person, sent
from support.smtp import MailServer, mailing_by

HELPER = Through("helper", "")
MANAGE = "/nl/beheer/"


@pytest.fixture
def here(db: None) -> UUID:
    """An organisation of the region."""
    return organisation()


@pytest.fixture
def far(db: None) -> Actor:
    """An adviser in another region."""
    return colleague("tom@elders.example", at=organisation("RMT Elders", region="AM05"), name="Tom Elders")


@pytest.fixture
def anna(here: UUID) -> Actor:
    """An adviser here."""
    return colleague("anna@desk.example", at=here, name="Anna")


@pytest.fixture
def carla(here: UUID) -> Browser:
    """The browser of a coordinator who is in."""
    colleague("carla@desk.example", Role.COORDINATOR, at=here, name="Carla")
    browser = Browser()
    browser.come_in("carla@desk.example")
    return browser


def held(actor: Actor) -> int:
    """The number of somebody's role."""
    return queries.memberships_of(user=actor.user, on=timezone.localdate())[0].id


def test_the_list_has_the_people_of_the_region_and_finds_them(carla: Browser, anna: Actor, far: Actor) -> None:
    page = carla.client.get(MANAGE)
    assert [row.name for row in page.context["members"]] == ["Anna", "Carla"]
    assert "Tom" not in page.content.decode()
    assert [row.name for row in carla.client.get(MANAGE, {"zoek": "anna"}).context["members"]] == ["Anna"]
    assert "Niemand gevonden voor “tom”" in carla.client.get(MANAGE, {"zoek": "tom"}).content.decode()


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "9" * 30, "²"])
def test_any_page_of_the_list_may_be_asked(carla: Browser, number: str) -> None:
    assert carla.client.get(MANAGE, {"pagina": number}).status_code == 200


def test_a_long_list_has_pages(carla: Browser, here: UUID) -> None:
    for number in range(26):
        colleague(f"c{number}@desk.example", at=here, name=f"Collega {number:02}")
    first, second = (carla.client.get(MANAGE, {"pagina": number}).context for number in (1, 2))
    assert (len(first["members"]), len(second["members"]), first["count"]) == (25, 2, 27)


def test_a_long_list_asks_the_database_no_more_than_a_short_one(carla: Browser, here: UUID) -> None:
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            carla.client.get(MANAGE)
        counts.append(len(asked))
        for other in range(24 * (1 - number)):
            colleague(f"c{other}@desk.example", at=here)
    assert counts[0] == counts[1] <= 22


def test_an_adviser_finds_no_such_page(anna: Actor) -> None:
    browser = Browser()
    assert browser.client.get(MANAGE)["Location"].startswith(START)
    browser.come_in("anna@desk.example")
    for path in ("", "uitnodigen/", "organisaties/", f"collega/{held(anna)}/"):
        assert browser.client.get(MANAGE + path).status_code == 404


def test_somebody_elsewhere_and_nobody_are_the_same_answer(carla: Browser, far: Actor) -> None:
    pages = [
        *(f"collega/{number}/{part}" for number in (held(far), 999_999) for part in ("", "beeindigen/")),
        f"organisaties/{far.organisation}/", f"organisaties/{far.organisation}/beeindigen/",
        "organisaties/00000000-0000-0000-0000-000000000000/",
    ]  # fmt: skip
    assert {carla.client.get(MANAGE + page).status_code for page in pages} == {404}
    posts = [f"collega/{held(far)}/{part}/" for part in ("beeindigen", "code", "afwezig")]
    assert {carla.client.post(MANAGE + page).status_code for page in posts} == {404}
    assert queries.memberships_of(user=far.user, on=timezone.localdate())


def test_a_colleague_is_invited_again_and_the_invitation_is_withdrawn(carla: Browser, here: UUID) -> None:
    given = {"email": "nieuw@desk.example", "organisation": str(here), "role": "adviser"}
    assert carla.client.post(f"{MANAGE}uitnodigen/", given).status_code == 302
    first = last_link("uitnodiging")
    (row,) = carla.client.get(MANAGE).context["invitations"]
    assert row.is_sent
    carla.client.post(f"{MANAGE}uitnodigingen/{row.id}/opnieuw/")
    second = last_link("uitnodiging")
    assert [Browser().client.get(link).status_code for link in (first, second)] == [410, 200]
    (row,) = carla.client.get(MANAGE).context["invitations"]
    carla.client.post(f"{MANAGE}uitnodigingen/{row.id}/intrekken/")
    assert Browser().client.get(second).status_code == 410
    assert carla.client.get(MANAGE).context["invitations"] == ()


def test_an_invitation_of_somebody_who_has_the_role_meanwhile_is_not_sent_again(carla: Browser, here: UUID) -> None:
    given = {"email": "nieuw@desk.example", "organisation": str(here), "role": "adviser"}
    carla.client.post(f"{MANAGE}uitnodigen/", given)
    (row,) = carla.client.get(MANAGE).context["invitations"]
    colleague("nieuw@desk.example", at=here)
    mail.outbox.clear()
    answer = carla.client.post(f"{MANAGE}uitnodigingen/{row.id}/opnieuw/", follow=True)
    assert "heeft die rol in die organisatie al" in answer.content.decode()
    assert mail.outbox == []


def test_an_invitation_stays_when_the_mail_cannot_leave(carla: Browser, here: UUID, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    given = {"email": "nieuw@desk.example", "organisation": str(here), "role": "adviser"}
    answer = carla.client.post(f"{MANAGE}uitnodigen/", given, follow=True)
    assert "mail niet verstuurd" in answer.content.decode()
    assert not answer.context["invitations"][0].is_sent


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ({"hangs_up": True}, "Misschien is de mail weg"),
        ({"answers": {b"RCPT": b"550 nobody"}}, "naar dit adres geen mail"),
        ({"answers": {b"RCPT": b"450 later"}}, "mail niet verstuurd"),
    ],
)
def test_an_invitation_stays_and_what_the_mail_server_does_is_said(
    carla: Browser, here: UUID, settings: object, server: dict[str, Any], said: str
) -> None:
    given = {"email": "nieuw@desk.example", "organisation": str(here), "role": "adviser"}
    with mailing_by(MailServer(**server), settings):
        answer = carla.client.post(f"{MANAGE}uitnodigen/", given, follow=True)
    assert said in answer.content.decode()
    assert not answer.context["invitations"][0].is_sent


@pytest.mark.parametrize("changes", [{"email": "x"}, {"organisation": "x"}, {"role": "administrator"}, {"role": ""}])
def test_an_invitation_that_is_not_right_says_so_and_sends_nothing(
    carla: Browser, here: UUID, changes: dict[str, str]
) -> None:
    mail.outbox.clear()
    given = {"email": "nieuw@desk.example", "organisation": str(here), "role": "adviser", **changes}
    answer = carla.client.post(f"{MANAGE}uitnodigen/", given)
    assert answer.status_code == 422
    assert mail.outbox == []


def test_nobody_is_invited_into_another_region(carla: Browser, far: Actor) -> None:
    mail.outbox.clear()
    given = {"email": "nieuw@desk.example", "organisation": str(far.organisation), "role": "adviser"}
    assert carla.client.post(f"{MANAGE}uitnodigen/", given).status_code == 422
    assert mail.outbox == []


def test_a_role_ends_after_one_question_and_the_page_says_so(carla: Browser, anna: Actor) -> None:
    path = f"{MANAGE}collega/{held(anna)}/beeindigen/"
    assert "Rol van Anna beëindigen?" in carla.client.get(path).content.decode()
    answer = carla.client.post(path, follow=True)
    assert "Anna heeft deze rol niet meer" in answer.content.decode()
    assert "heeft deze rol niet meer" not in carla.client.get(MANAGE).content.decode()
    assert queries.memberships_of(user=anna.user, on=timezone.localdate()) == ()


def test_whoever_ends_the_own_role_is_warned_and_is_out(carla: Browser, here: UUID) -> None:
    colleague("truus@desk.example", Role.COORDINATOR, at=here)
    mine = carla.client.get(MANAGE).context["members"][0].id
    page = carla.client.get(f"{MANAGE}collega/{mine}/beeindigen/").content.decode()
    assert "Dit is je eigen rol" in page
    assert "Ja, beëindig mijn eigen rol" in page
    assert "Je bent uitgelogd" in carla.client.post(f"{MANAGE}collega/{mine}/beeindigen/", follow=True).content.decode()
    assert not carla.is_in()


def test_whoever_leaves_hands_on_what_they_have_open(carla: Browser, anna: Actor, here: UUID) -> None:
    to = colleague("bram@desk.example", at=here, name="Bram")
    row = sent(HELPER, here, "AM15", invented_person("Sami", "AM15"))
    row = referral.accept(actor=anna, handover=row.id, version=1, now=timezone.now())
    path = f"{MANAGE}collega/{held(anna)}/beeindigen/"
    assert "Wie gaat verder met 1 overdracht?" in carla.client.get(path).content.decode()
    assert carla.client.post(path, {"to": ["x"]}).status_code == 422
    carla.client.post(path, {"to": [str(to.user)]})
    assert caseload_size(organisation=here, user=to.user) == 1


def test_the_last_of_a_desk_is_told_where_its_work_goes(carla: Browser) -> None:
    only = colleague("alleen@desk.example", at=organisation("Klein Loket"), name="Alleen")
    assert only.organisation is not None
    row = sent(HELPER, only.organisation, "AM15", invented_person("Sami", "AM15"))
    referral.accept(actor=only, handover=row.id, version=1, now=timezone.now())
    path = f"{MANAGE}collega/{held(only)}/beeindigen/"
    page = carla.client.get(path).content.decode()
    assert "Niemand anders werkt bij dit loket" in page
    assert "1 overdracht gaat naar " in page
    assert carla.client.post(path).status_code == 302
    assert caseload_size(organisation=only.organisation, user=only.user) == 0


def test_whoever_is_the_last_with_nobody_above_invites_a_colleague_first(carla: Browser, here: UUID) -> None:
    sent(HELPER, here, "AM15", invented_person("Sami", "AM15"))
    path = f"{MANAGE}collega/{carla.client.get(MANAGE).context['members'][0].id}/beeindigen/"
    refused = carla.client.post(path)
    assert refused.status_code == 409
    assert "1 overdracht kan naar niemand toe. Nodig eerst een collega uit." in refused.content.decode()
    assert carla.is_in()


def test_inviting_again_says_that_the_former_link_ends(carla: Browser, here: UUID) -> None:
    given = {"email": "nieuw@desk.example", "organisation": str(here), "role": "adviser"}
    first = carla.client.post(f"{MANAGE}uitnodigen/", given, follow=True).content.decode()
    second = carla.client.post(f"{MANAGE}uitnodigen/", given, follow=True).content.decode()
    said = "De link uit de vorige mail werkt niet meer"
    assert (said in first, said in second) == (False, True)


def test_empty_days_away_name_each_day(carla: Browser, anna: Actor) -> None:
    page = carla.client.post(f"{MANAGE}collega/{held(anna)}/afwezig/", {}).content.decode()
    assert "Vul de eerste dag in" in page
    assert "Vul de laatste dag in" in page


def test_the_menu_of_an_invitation_names_regions_where_there_is_more_than_one(here: UUID, far: Actor) -> None:
    colleague("aziz@beheer.example", Role.ADMINISTRATOR, at=organisation("Beheer", region="", kind="national"))
    for code, name in (("AM15", "Noord-Holland Noord"), ("AM05", "Twente")):
        Region.objects.create(code=code, name=name, inhabitants=9, population_15_74=5)
    browser = Browser()
    browser.come_in("aziz@beheer.example")
    named = [
        str(name)
        for _, name in browser.client.get(f"{MANAGE}uitnodigen/").context["form"].fields["organisation"].choices
    ]
    assert "RMT Elders (Twente)" in named


def test_days_away_are_noted_with_who_stands_in_and_called_off(carla: Browser, anna: Actor) -> None:
    path = f"{MANAGE}collega/{held(anna)}/"
    stands_in = carla.client.get(path).context["form"].fields["substitute"].choices[1]
    given = {"first_day": "2126-12-01", "last_day": "2126-12-05", "substitute": stands_in[0]}
    assert "Carla valt in" in carla.client.post(f"{path}afwezig/", given, follow=True).content.decode()
    carla.client.post(f"{path}afwezig/", {"back": "1"})
    assert carla.client.get(path).context["member"].absence is None
    wrong = carla.client.post(f"{path}afwezig/", {**given, "last_day": "2126-11-30"})
    assert wrong.status_code == 422
    assert "2126-12-01" in wrong.content.decode()


def test_an_adviser_notes_the_own_days_away(anna: Actor) -> None:
    browser = Browser()
    browser.come_in("anna@desk.example")
    given = {"first_day": "2126-12-01", "last_day": "2126-12-05"}
    assert browser.client.post(f"{START}account/afwezig/", {}).status_code == 422
    assert browser.client.post(f"{START}account/afwezig/", given).status_code == 302
    assert browser.client.get(f"{START}account/").context["member"].absence


def test_an_organisation_is_added_to_the_own_region_only(carla: Browser) -> None:
    for code, name in (("AM15", "Noord-Holland Noord"), ("AM05", "Twente")):
        Region.objects.create(code=code, name=name, inhabitants=9, population_15_74=5)
    new = {"name": "Buurthuis", "kind": "partner", "region": "AM15", "phone": "", "email": "Info@Buurt.example"}
    path = f"{MANAGE}organisaties/nieuw/"
    assert carla.client.post(path, {**new, "region": "AM05"}).status_code == 422
    assert carla.client.post(path, {**new, "kind": "national", "region": ""}).status_code == 422
    answer = carla.client.post(path, new, follow=True)
    assert "Buurthuis is toegevoegd" in answer.content.decode()
    assert carla.client.post(path, new).status_code == 422


def test_an_organisation_is_changed_and_ended(carla: Browser) -> None:
    partner = organisation("Buurthuis", kind="partner")
    path = f"{MANAGE}organisaties/{partner}/"
    given = {"name": "Buurthuis De Plank", "phone": "0XX 1", "email": "Info@Buurt.example"}
    assert carla.client.post(path, {**given, "name": "RMT Verzonnen"}).status_code == 422
    assert carla.client.post(path, given).status_code == 302
    row = queries.organisation(organisation=partner)
    assert (row.name, row.phone, row.email) == ("Buurthuis De Plank", "0XX 1", "info@buurt.example")
    assert carla.client.post(path, {**given, "phone": "", "email": ""}).status_code == 302, "both may be unknown"
    assert carla.client.get(f"{path}beeindigen/").status_code == 200
    carla.client.post(f"{path}beeindigen/")
    assert carla.client.get(path).status_code == 404


def test_what_is_typed_is_shown_as_text(carla: Browser, here: UUID) -> None:
    nasty = "<script>alert(1)</script>"
    colleague("nasty@desk.example", at=here, name=nasty)
    page = carla.client.get(MANAGE, {"zoek": nasty}).content.decode()
    assert nasty not in page
    assert "&lt;script&gt;" in page
