"""A partner keeps whom others call there and finds whom to call in a region; no other organisation sees it."""

import pytest

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ThereError
from dichterbij.shared.errors import InputError, NotFoundError
from support.network import ALKMAAR, TWENTE, UTRECHT, Country, unlike_name
from support.referral import MONDAY


def new(email: str, *regions: str, routes: tuple[str, ...] = ()) -> actions.NewOwnContact:
    return actions.NewOwnContact("Els", email, regions=regions, routes=routes)


def test_an_organisation_keeps_its_own_and_nobody_else_does(country: Country) -> None:
    email = f"{unlike_name().split()[1]}@partner.example"
    made = actions.add_own_contact(actor=country.partner, new=new(email, TWENTE, routes=("meeting",)), now=MONDAY)
    (row,) = [one for one in queries.own_contacts(actor=country.partner, now=MONDAY) if one.id == made]
    assert (row.regions, row.routes, row.organisation) == ((TWENTE,), ("meeting",), country.partner.organisation)
    assert made in {one.id for one in queries.own_contacts(actor=country.national, now=MONDAY)}
    assert made not in {one.id for one in queries.own_contacts(actor=country.advisers[UTRECHT], now=MONDAY)}
    with pytest.raises(NotFoundError):
        actions.end_own_contact(actor=country.advisers[UTRECHT], contact=made, now=MONDAY)
    with pytest.raises(NotAllowedError):
        actions.end_own_contact(actor=country.national, contact=made, now=MONDAY)
    with pytest.raises(ThereError):
        actions.add_own_contact(actor=country.partner, new=new(email.upper()), now=MONDAY)
    with pytest.raises(InputError):
        actions.add_own_contact(actor=country.partner, new=new("a@b.example", "XX1"), now=MONDAY)
    actions.end_own_contact(actor=country.partner, contact=made, now=MONDAY)
    assert queries.own_contacts(actor=country.partner, now=MONDAY)[-1].until == MONDAY.date()
    actions.restore_own_contact(actor=country.partner, contact=made, now=MONDAY)


def test_a_partner_finds_per_region_whom_to_call_for_a_route_and_a_desk_does_not(country: Country) -> None:
    def add(region: str, name: str, kind: str = "general", routes: tuple[str, ...] = ()) -> None:
        email = f"{unlike_name().split()[1]}@bellen.example"
        one = actions.NewContact(region, kind, name, email, "wethouder", MONDAY.date(), routes=routes)
        actions.add_contact(actor=country.national, new=one, now=MONDAY)

    add(ALKMAAR, "Leren", routes=("learn_work",))
    add(ALKMAAR, "Alles")
    add(ALKMAAR, "Pers", kind="communication")

    def found(route: str) -> set[str]:
        rows = queries.region_callers(actor=country.partner, now=MONDAY, route=route)
        return {row.name for row in rows if row.region == ALKMAAR} & {"Leren", "Alles", "Pers"}

    assert found("learn_work") == {"Leren", "Alles"}
    assert found("carving") == {"Alles"}
    assert queries.region_callers(actor=country.advisers[ALKMAAR], now=MONDAY) == ()
