"""Which desk helps whom, on the packaged desks of all 35 regions."""

import re
from datetime import date
from itertools import product

import pytest

from dichterbij.domains.regions.rules.desk_files import read_desks
from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind, Place, Referral, Topic, Who
from dichterbij.domains.regions.rules.desk_words import hours_in_words
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.shared.errors import UnavailableError

TODAY = date(2026, 11, 22)
DESKS = read_desks()
REGIONS = sorted({desk.region_code for desk in DESKS if desk.region_code})
DATES = (date(1990, 1, 1), date(2022, 6, 14), date(2022, 6, 15), date(2025, 12, 31), date(2026, 1, 1), date(2099, 1, 1))


def ask(
    who: Who = Who.JOB_SEEKER,
    topic: Topic = Topic.WORK,
    *,
    home: str | None = "AM12",
    work: str | None = None,
    on: date = TODAY,
) -> tuple[Referral, ...]:
    return which_desks(who=who, topic=topic, home_region=home, work_region=work, on=on, desks=DESKS).value


def kinds(referrals: tuple[Referral, ...]) -> list[Kind]:
    return [referral.desk.kind for referral in referrals]


def test_all_35_regions_have_desks() -> None:
    assert len(REGIONS) == 35


@pytest.mark.parametrize("region", [*REGIONS, None])
def test_no_question_dead_ends_in_any_region(region: str | None) -> None:
    for who, topic, on in product(Who, Topic, DATES):
        outcome = which_desks(who=who, topic=topic, home_region=region, work_region=None, on=on, desks=DESKS)
        assert outcome.value, (who, topic, on)
        assert len(outcome.reasons) == len(outcome.value)
        assert all(referral.desk.phone and referral.desk.hours for referral in outcome.value)
        assert all(referral.desk.is_valid(on) for referral in outcome.value)


@pytest.mark.parametrize("region", [region for region in REGIONS if region not in ("AM22", "AM30")])
def test_job_seekers_go_to_the_rmt_of_their_own_region(region: str) -> None:
    assert kinds(ask(home=region)) == [Kind.RMT]


@pytest.mark.parametrize("region", [region for region in REGIONS if region not in ("AM22", "AM11")])
def test_employers_go_to_the_wsp_of_their_own_region(region: str) -> None:
    assert kinds(ask(Who.EMPLOYER, home=region)) == [Kind.WSP]


def test_a_question_about_learning_goes_to_the_leerwerkloket() -> None:
    assert kinds(ask(topic=Topic.LEARNING)) == [Kind.LEERWERKLOKET]


def test_open_learning_places_are_also_known_to_sbb() -> None:
    assert kinds(ask(topic=Topic.LEARNING_PLACE)) == [Kind.LEERWERKLOKET, Kind.SBB]


def test_a_question_about_income_goes_to_uwv_and_municipality() -> None:
    assert kinds(ask(topic=Topic.INCOME)) == [Kind.UWV, Kind.GEMEENTE]


def test_the_desks_that_a_public_document_names_are_there() -> None:
    assert kinds(ask(topic=Topic.SCHOOL)) == [Kind.LEERWERKLOKET, Kind.RBL]
    assert Kind.SOCIAL_ENTERPRISE in kinds(ask(topic=Topic.TARGET_REGISTER))


@pytest.mark.parametrize(("on", "expected"), [(date(2025, 12, 31), Kind.RMT), (date(2026, 1, 1), Kind.WERKCENTRUM)])
def test_the_werkcentrum_replaces_the_rmt_of_rijnmond_from_its_first_day(on: date, expected: Kind) -> None:
    assert kinds(ask(home="AM22", on=on)) == [expected]


def test_an_exception_says_why() -> None:
    outcome = which_desks(
        who=Who.EMPLOYER, topic=Topic.WORK, home_region="AM11", work_region=None, on=TODAY, desks=DESKS
    )
    assert [referral.desk.desk_id for referral in outcome.value] == ["AM11-employers-desk"]
    assert outcome.reasons[0].rule == "desks.exception"
    assert "verzonnen" in outcome.value[0].why.words.nl


@pytest.mark.parametrize(("on", "count"), [(date(2026, 12, 31), 0), (date(2027, 1, 1), 1)])
def test_a_desk_that_opens_later_is_not_shown_before(on: date, count: int) -> None:
    assert kinds(ask(home="AM29", on=on)).count(Kind.WERKCENTRUM) == count


def test_living_and_working_in_different_regions_shows_both_home_first() -> None:
    referrals = ask(home="AM12", work="AM18")
    assert [(referral.desk.region_code, referral.place) for referral in referrals] == [
        ("AM12", Place.HOME),
        ("AM18", Place.WORK),
    ]


def test_living_and_working_in_the_same_region_shows_it_once() -> None:
    assert len(ask(home="AM12", work="AM12")) == 1


def test_an_employer_in_several_regions_also_gets_the_national_team() -> None:
    assert kinds(ask(Who.NATIONAL_EMPLOYER, home="AM12", work="AM18")) == [Kind.WSP, Kind.WSP, Kind.NATIONAL]


def test_somebody_who_is_both_worker_and_employer_gets_both_doors() -> None:
    assert kinds(ask(Who.SELF_EMPLOYED)) == [Kind.RMT, Kind.WSP]


def test_an_unknown_region_gets_the_national_team_that_asks_for_the_place() -> None:
    outcome = which_desks(
        who=Who.UNKNOWN, topic=Topic.UNKNOWN, home_region=None, work_region=None, on=TODAY, desks=DESKS
    )
    assert kinds(outcome.value) == [Kind.NATIONAL]
    assert outcome.reasons[0].rule == "desks.region_unknown"


def test_before_a_region_has_desks_the_national_team_helps() -> None:
    outcome = which_desks(
        who=Who.JOB_SEEKER, topic=Topic.WORK, home_region="AM12", work_region=None, on=date(2020, 1, 1), desks=DESKS
    )
    assert [reason.rule for reason in outcome.reasons] == ["desks.no_desk_in_region"]


def test_a_question_without_a_desk_of_its_own_goes_to_the_first_door_and_says_so() -> None:
    outcome = which_desks(
        who=Who.EMPLOYER, topic=Topic.DEBTS, home_region="AM12", work_region=None, on=TODAY, desks=DESKS
    )
    assert kinds(outcome.value) == [Kind.WSP]
    assert outcome.value[0].is_fallback
    assert outcome.reasons[0].rule == "desks.no_wrong_door"


def test_without_a_national_desk_the_data_are_wrong() -> None:
    with pytest.raises(UnavailableError, match=r"NL\.yaml"):
        which_desks(who=Who.UNKNOWN, topic=Topic.UNKNOWN, home_region=None, work_region=None, on=TODAY, desks=[])


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.desk_id)
def test_nobody_can_be_reached_by_mistake(desk: Desk) -> None:
    assert desk.invented
    assert not re.fullmatch(r"\+?[\d\s()/-]+", desk.phone)
    assert desk.email.endswith(".example")
    assert desk.website.startswith("https://")
    assert desk.website.endswith(".example")


def test_telephone_numbers_are_all_different() -> None:
    assert len({desk.phone for desk in DESKS}) == len(DESKS)


def test_opening_hours_read_as_words() -> None:
    rmt = ask()[0].desk
    assert hours_in_words(rmt.hours, "nl") == ("maandag t/m donderdag 9.00-17.00 uur", "vrijdag 9.00-13.00 uur")
    assert hours_in_words(rmt.hours, "en") == ("Monday to Thursday 9:00-17:00", "Friday 9:00-13:00")
    leerwerkloket = ask(topic=Topic.LEARNING)[0].desk
    assert hours_in_words(leerwerkloket.hours, "nl") == ("maandag, dinsdag en donderdag 10.00-16.00 uur",)
