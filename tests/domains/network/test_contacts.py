"""Who speaks for a region changes over time and is never overwritten; a mailing reaches each address once."""

from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ChangedError, SentError, ThereError
from dichterbij.domains.network.models import AccountManager
from dichterbij.domains.network.queries import MailingRow, RegionContacts
from dichterbij.domains.network.rules.addresses import about
from dichterbij.domains.post.actions import send
from dichterbij.domains.post.rules import Channel, LetterState
from dichterbij.shared.errors import InputError, NotFoundError
from support.network import ALKMAAR, TWENTE, UTRECHT, Country
from support.referral import MONDAY

TODAY = MONDAY.date()


def add(
    country: Country, email: str, kind: str = "general", region: str = ALKMAAR, by: Actor | None = None, **more: Any
) -> UUID:
    new = actions.NewContact(
        region=region, kind=kind, name=email.split("@")[0], email=email, named_by="wethouder, per mail", named_on=TODAY
    )
    return actions.add_contact(actor=by or country.national, new=new, now=MONDAY, **more)


def of(country: Country, region: str, actor: Actor | None = None) -> RegionContacts:
    rows = queries.region_contacts(actor=actor or country.national, now=MONDAY)
    return next(row for row in rows if row.region.code == region)


def test_whoever_is_replaced_stays_as_history_with_an_end(country: Country) -> None:
    first = add(country, "eerste@x.example", region=UTRECHT)
    second = add(country, "tweede@x.example", region=UTRECHT, instead_of=first)
    row = of(country, UTRECHT)
    assert [one.id for one in row.contacts] == [second]
    assert [(one.id, one.until) for one in row.former] == [(first, TODAY)]
    assert row.contacts[0].named_by == "wethouder, per mail"
    assert row.lacks == ("communication", "alderman", "jobs_agreement")
    assert actions.restore_contact(actor=country.national, contact=first, now=MONDAY) == UTRECHT
    assert {one.id for one in of(country, UTRECHT).contacts} == {first, second}
    for one in (first, second):
        actions.end_contact(actor=country.national, contact=one, now=MONDAY)


def test_the_same_person_stands_on_a_list_once(country: Country) -> None:
    kept = add(country, "dubbel@x.example", region=UTRECHT)
    with pytest.raises(ThereError):
        add(country, "DUBBEL@x.example", region=UTRECHT)
    actions.end_contact(actor=country.national, contact=kept, now=MONDAY)


def test_a_coordinator_keeps_those_of_the_own_region_and_no_other(country: Country) -> None:
    coordinator = country.coordinators[TWENTE]
    mine = add(country, "mijn@x.example", region=TWENTE, by=coordinator)
    theirs = add(country, "hun@x.example", region=ALKMAAR)
    assert [row.region.code for row in queries.region_contacts(actor=coordinator, now=MONDAY)] == [TWENTE]
    with pytest.raises(NotAllowedError):
        add(country, "ander@x.example", region=ALKMAAR, by=coordinator)
    with pytest.raises(NotFoundError):
        actions.end_contact(actor=coordinator, contact=theirs, now=MONDAY)
    actions.end_contact(actor=coordinator, contact=mine, now=MONDAY)
    actions.end_contact(actor=country.national, contact=theirs, now=MONDAY)
    with pytest.raises(NotAllowedError):
        queries.region_contacts(actor=country.advisers[TWENTE], now=MONDAY)


def write(country: Country, *kinds: str, only: tuple[str, ...] = ()) -> UUID:
    return actions.write_mailing(
        actor=country.national, subject="Vragenlijst", text="Dag,\nvul hem in.", kinds=kinds, only=only, now=MONDAY
    )


def look(country: Country, mailing: UUID) -> tuple[MailingRow, dict[str, LetterState | None]]:
    row, to = queries.mailing(actor=country.national, mailing=mailing, now=MONDAY)
    return row, {one.to.email: one.state for one in to}


def test_two_kinds_reach_two_lists_and_a_survey_reaches_both_once_each(country: Country) -> None:
    people = [add(country, "a@x.example"), add(country, "b@x.example", "communication"),
              add(country, "beide@x.example"), add(country, "Beide@x.example", "communication"),
              add(country, "t@x.example", region=TWENTE)]  # fmt: skip
    assert set(look(country, write(country, "general"))[1]) == {"a@x.example", "beide@x.example", "t@x.example"}
    assert set(look(country, write(country, "communication"))[1]) == {"b@x.example", "beide@x.example"}
    assert set(look(country, write(country, "general", only=(TWENTE,)))[1]) == {"t@x.example"}
    survey = write(country, "general", "communication")
    assert set(look(country, survey)[1]) == {"a@x.example", "b@x.example", "beide@x.example", "t@x.example"}
    assert country.posted(survey) == 4
    with pytest.raises(SentError):
        country.posted(survey)
    got: list[str] = []

    def transport(recipient: str, subject: str, text: str) -> None:
        if recipient == "t@x.example":
            raise OSError
        got.append(recipient)

    for _round in range(2):
        send(actor="test", transports={Channel.MAIL: transport}, now=MONDAY, about=about(survey))
    assert sorted(got) == ["a@x.example", "b@x.example", "beide@x.example"]
    states = look(country, survey)[1]
    assert states["t@x.example"] is LetterState.WAITING
    assert states["a@x.example"] is LetterState.SENT
    for one in people:
        actions.end_contact(actor=country.national, contact=one, now=MONDAY)
    assert look(country, survey)[0].to == 4, "to whom it went stays known"


def test_one_address_or_word_changed_since_somebody_looked_sends_nothing(country: Country) -> None:
    first = add(country, "eerst@x.example", region=UTRECHT)
    mailing = write(country, "general", only=(UTRECHT,))
    seen = look(country, mailing)[0].digest
    actions.end_contact(actor=country.national, contact=first, now=MONDAY)
    second = add(country, "daarna@x.example", region=UTRECHT)
    with pytest.raises(ChangedError):  # as many addresses as before
        actions.send_mailing(actor=country.national, mailing=mailing, seen=seen, now=MONDAY)
    seen = look(country, mailing)[0].digest
    actions.write_mailing(
        actor=country.national, subject="Anders", text="Dag", kinds=["general"], only=[UTRECHT], now=MONDAY,
        mailing=mailing,
    )  # fmt: skip
    with pytest.raises(ChangedError):
        actions.send_mailing(actor=country.national, mailing=mailing, seen=seen, now=MONDAY)
    assert country.posted(mailing) == 1
    actions.end_contact(actor=country.national, contact=second, now=MONDAY)


def test_a_mailing_is_changed_and_put_aside_until_it_is_sent(country: Country) -> None:
    kept = add(country, "los@x.example", region=UTRECHT)
    mailing = write(country, "general", only=(UTRECHT,))
    actions.withdraw_mailing(actor=country.national, mailing=mailing, now=MONDAY)
    with pytest.raises(InputError):
        country.posted(mailing)
    actions.restore_mailing(actor=country.national, mailing=mailing, now=MONDAY)
    actions.write_mailing(
        actor=country.national,
        subject="Beter",
        text="Dag",
        kinds=["general"],
        only=[UTRECHT],
        now=MONDAY,
        mailing=mailing,
    )
    assert look(country, mailing)[0].subject == "Beter"
    country.posted(mailing)
    for change in (actions.withdraw_mailing, actions.restore_mailing):
        with pytest.raises(SentError):
            change(actor=country.national, mailing=mailing, now=MONDAY)
    actions.end_contact(actor=country.national, contact=kept, now=MONDAY)


def test_only_the_national_team_writes_to_regions(country: Country) -> None:
    with pytest.raises(NotAllowedError):
        actions.write_mailing(
            actor=country.coordinators[TWENTE], subject="x", text="y", kinds=["general"], only=[], now=MONDAY
        )


def test_a_region_has_one_account_manager_and_stands_on_the_list_until_it_is_spoken_to(country: Country) -> None:
    team = country.national
    for name in ("Nadia", "Olga"):
        actions.name_manager(actor=team, region=TWENTE, manager=team.user, name=name, now=MONDAY)
    with pytest.raises(IntegrityError), acting(team):
        AccountManager.objects.create(region=TWENTE, manager=team.user, name="Piet", since=TODAY)
    actions.talked(actor=team, region=TWENTE, on=TODAY - timedelta(days=43), words="lang geleden", now=MONDAY)
    actions.talked(actor=team, region=UTRECHT, on=TODAY - timedelta(days=42), words="net op tijd", now=MONDAY)
    rows = {row.region.code: row for row in queries.region_talks(actor=team, now=MONDAY)}
    assert [rows[code].is_due for code in (ALKMAAR, TWENTE, UTRECHT)] == [True, True, False]
    assert rows[TWENTE].manager_name == "Olga"
    assert next(iter(rows)) == ALKMAAR, "whoever was never spoken to comes first"
    assert of(country, TWENTE, country.coordinators[TWENTE]).manager == "Olga"
    actions.talked(actor=team, region=TWENTE, on=TODAY, words="", now=MONDAY)
    assert not next(row for row in queries.region_talks(actor=team, now=MONDAY) if row.region.code == TWENTE).is_due
    with pytest.raises(InputError):
        actions.talked(actor=team, region=TWENTE, on=TODAY + timedelta(days=1), words="", now=MONDAY)


def test_two_who_name_a_manager_in_the_same_moment_come_one_after_the_other(country: Country) -> None:
    said: list[str] = []

    def second() -> None:
        try:
            actions.name_manager(
                actor=country.national, region=TWENTE, manager=country.national.user, name="Tweede", now=MONDAY
            )
            said.append("named")
        except IntegrityError:
            said.append("refused")
        finally:
            connection.close()

    other = Thread(target=second)
    with transaction.atomic():
        actions.name_manager(
            actor=country.national, region=TWENTE, manager=country.national.user, name="Eerste", now=MONDAY
        )
        other.start()
        other.join(0.5)  # it waits for this one
        assert said == []
    other.join(20)
    assert said == ["named"]
    assert of(country, TWENTE).manager == "Tweede"
