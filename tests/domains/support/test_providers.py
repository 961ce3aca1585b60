"""Every region has everything, and a desk with a phone number for it."""

from datetime import date

import pytest

from dichterbij.data import reference_table
from dichterbij.domains.regions.rules.desk_files import read_desks
from dichterbij.domains.regions.rules.desk_kinds import Kind
from dichterbij.domains.support.queries import menukaart
from dichterbij.domains.support.rules.catalogue import Choice, choose, of_region
from dichterbij.domains.support.rules.kinds import Background, Category, Need, Role, Route
from dichterbij.domains.support.rules.providers import RegionalDesks, desk_to_call, providers_for

TODAY = date(2026, 11, 22)
REGIONS = reference_table("regions", "regions.csv").column("region_code").to_pylist()
DESKS = read_desks()
NATIONAL = [support for support in menukaart() if support.region_code is None]


def here(region: str | None, on: date = TODAY) -> RegionalDesks:
    return RegionalDesks.of(DESKS, region=region, on=on)


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_every_item_with_a_desk_to_call(region: str) -> None:
    items = of_region(menukaart(), region)
    assert set(NATIONAL) <= set(items)
    assert all(support.region_code in (None, region) for support in items)
    for support in items:
        desk, _ = desk_to_call(support, role=None, background=None, desks=here(region))
        assert desk.phone
        assert desk.region_code in (region, None)


@pytest.mark.parametrize("region", REGIONS)
def test_the_four_services_for_employers_have_a_provider_with_a_phone_in_every_region(region: str) -> None:
    items = [support for support in NATIONAL if support.category is Category.EMPLOYER_SERVICE]
    assert len(items) == 4
    for support in items:
        desk, is_provider = desk_to_call(support, role=Role.EMPLOYER, background=None, desks=here(region))
        assert (is_provider, bool(desk.phone), desk.region_code) == (True, True, region)


@pytest.mark.parametrize("region", REGIONS)
def test_the_six_services_for_job_seekers_have_a_provider_whatever_the_background(region: str) -> None:
    items = [support for support in NATIONAL if support.category is Category.JOB_SEEKER_SERVICE]
    assert len(items) == 6
    for support in items:
        for background in set(Background) - {Background.TARGET_REGISTER}:
            providers = providers_for(support, background=background, desks=here(region))
            assert providers
            assert all(provider.desk and provider.desk.region_code == region for provider in providers)


@pytest.mark.parametrize("region", REGIONS)
def test_somebody_without_a_benefit_goes_to_the_regional_mobility_team(region: str) -> None:
    for support in NATIONAL:
        if support.category is Category.JOB_SEEKER_SERVICE and support.support_id != "help_life":
            desk, is_provider = desk_to_call(
                support, role=Role.JOB_SEEKER, background=Background.NONE, desks=here(region)
            )
            assert is_provider
            assert desk.kind in (Kind.RMT, Kind.WERKCENTRUM)


def test_a_region_whose_desk_has_gone_over_to_another_names_the_other() -> None:
    candidates = next(support for support in NATIONAL if support.support_id == "candidates")
    kinds = {}
    for region, day in (("AM11", date(2025, 6, 30)), ("AM11", TODAY), ("AM22", TODAY), ("AM29", date(2027, 1, 1))):
        desk, is_provider = desk_to_call(candidates, role=None, background=None, desks=here(region, day))
        kinds[region, day] = desk.kind
        assert is_provider
    assert kinds == {
        ("AM11", date(2025, 6, 30)): Kind.WSP,
        ("AM11", TODAY): Kind.EMPLOYERS_DESK,
        ("AM22", TODAY): Kind.WERKCENTRUM,
        ("AM29", date(2027, 1, 1)): Kind.WERKCENTRUM,
    }


def test_where_nobody_is_known_who_decides_the_first_door_of_the_role_is_called() -> None:
    coach = next(support for support in NATIONAL if support.support_id == "life_coach")
    assert providers_for(coach, background=None, desks=here("AM05")) == ()
    found = {role: desk_to_call(coach, role=role, background=None, desks=here("AM05")) for role in Role}
    assert {role: desk.kind for role, (desk, _) in found.items()} == {
        Role.JOB_SEEKER: Kind.RMT,
        Role.EMPLOYER: Kind.WSP,
    }
    assert not any(is_provider for _, is_provider in found.values())


def test_without_a_region_the_national_team_is_called() -> None:
    candidates = next(support for support in NATIONAL if support.support_id == "candidates")
    desk, is_provider = desk_to_call(candidates, role=None, background=None, desks=here(None))
    assert (desk.kind, is_provider) == (Kind.NATIONAL, False)


@pytest.mark.parametrize("support", menukaart(), ids=lambda support: support.support_id)
def test_every_item_names_who_decides_or_says_that_it_is_unknown(support: object) -> None:
    assert support.decides  # type: ignore[attr-defined]
    assert support.pays  # type: ignore[attr-defined]


@pytest.mark.parametrize("need", Need)
def test_every_situation_has_something_that_is_open_now(need: Need) -> None:
    found = choose(menukaart(), Choice(need=need)).supports
    assert [support for support in found if support.is_open(TODAY)]


def test_each_filter_leaves_only_what_fits() -> None:
    choice = Choice(text="opleiding", role=Role.EMPLOYER, route=Route.LEARN_WORK, need=Need.LEARNING)
    found = choose(menukaart(), choice).supports
    assert found
    assert all(
        Role.EMPLOYER in support.roles and Route.LEARN_WORK in support.routes and Need.LEARNING in support.needs
        for support in found
    )


def test_somebody_without_a_benefit_sees_the_four_general_supports_with_open_hiring() -> None:
    for_all = {"job_coach", "life_coach", "training_contribution", "aids", "workplace_adaptation", "transport"}
    found = choose(menukaart(), Choice(role=Role.JOB_SEEKER, route=Route.OPEN_HIRING)).supports
    shown = {support.support_id for support in found if Background.NONE in support.backgrounds}
    assert for_all | {"interpreter", "visual_aids"} <= shown
