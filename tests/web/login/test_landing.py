"""Where somebody comes out after signing in: where their work is, and never on a page that is not theirs."""

import re

import pytest

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.regions.models import Region
from dichterbij.web.login.landing import first_page, landing
from support.handed_over import invented_person, sent
from support.roles import browser_of, make_somebody

FIRST = {
    Role.ADVISER: "/nl/vandaag/", Role.COORDINATOR: "/nl/vandaag/", Role.NATIONAL_TEAM: "/nl/vandaag/",
    Role.STEERING_GROUP: "/nl/vandaag/cijfers/", Role.RESEARCHER: "/nl/vandaag/cijfers/",
    Role.EMPLOYER: "/nl/mensen/berichten/", Role.ADMINISTRATOR: "/nl/beheer/",
    Role.SCHEME_OFFICER: "/nl/regelingen/werk/",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*Role])
def test_the_first_page_and_every_link_in_the_bar_open_for_this_role(role: Role) -> None:
    Region.objects.create(code="AM15", name="Noord-Holland Noord", inhabitants=9, population_15_74=5)
    browser = browser_of(make_somebody(role, "AM15"))
    first = landing(role, "")
    assert first == FIRST.get(role, first)
    page = browser.get(first, follow=True)
    assert page.status_code == 200
    bar = page.content.decode().partition('class="work no-print"')[2].partition("<main")[0]
    links = re.findall(r'href="(/nl/[^"]+)"', bar)
    assert links
    answers = {link: browser.get(link, follow=True).status_code for link in links}
    assert set(answers.values()) == {200}, answers


def test_a_page_that_was_asked_before_and_is_not_of_this_role_gives_way_to_the_first_page() -> None:
    assert landing(Role.NATIONAL_TEAM, "/nl/vandaag/vindplaatsen/") == "/nl/vandaag/"
    assert landing(Role.ADVISER, "/nl/vandaag/vindplaatsen/") == "/nl/vandaag/vindplaatsen/"
    assert landing(Role.ADVISER, "/nl/no-such-page/") == "/nl/no-such-page/"


@pytest.mark.django_db
def test_a_national_team_begins_with_national_work_until_somebody_waits_for_it() -> None:
    Region.objects.create(code="AM15", name="Noord-Holland Noord", inhabitants=9, population_15_74=5)
    team, desk = make_somebody(Role.NATIONAL_TEAM, "AM15"), make_somebody(Role.ADVISER, "AM15")
    assert first_page(team.actor, "") == "/nl/landelijk/"
    assert first_page(team.actor, "/nl/vandaag/") == "/nl/vandaag/"
    sent(desk.actor, team.organisation, "AM15", invented_person("Sami", "AM15"))
    assert first_page(team.actor, "") == "/nl/vandaag/"
    assert first_page(desk.actor, "") == "/nl/vandaag/"
