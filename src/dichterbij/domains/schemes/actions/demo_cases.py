"""The demonstration's applications: of invented employers, with what officers did with them so far.

Made by the actions that pages use; each only once, because its key is always the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

from dichterbij.data import DEMO, read_yaml
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.actions.applicant import ask_to_stop, correct, take_back
from dichterbij.domains.schemes.actions.deciding import decide
from dichterbij.domains.schemes.actions.demo import POSTING, SCHEME, SPACE
from dichterbij.domains.schemes.actions.receiving import receive
from dichterbij.domains.schemes.actions.working import take_in
from dichterbij.domains.schemes.case_models import Case, CaseEvent
from dichterbij.domains.schemes.models import Receipt, Round
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.procedure import Step, day_of
from dichterbij.domains.schemes.rules.procedure.payments import invented_account
from dichterbij.domains.schemes.seeing import own_work

OSCAR, OLGA = (Actor(demo_id(key), Role.SCHEME_OFFICER, demo_id("landelijk"), "") for key in ("oscar", "olga"))
USUAL = {"start": "2022-05-01", "met": ["interview", "unused_potential"]}
MISSING = "De arbeidsovereenkomst ontbreekt nog."
WORDS = "De overeenkomst begon op 1 april; de datum in de aanvraag is een typefout."


def load_demo_cases(*, now: datetime) -> int:
    """Make the applications that are not there, and do with them what officers did; how many were made."""
    told: list[dict[str, Any]] = read_yaml(DEMO / "schemes.yaml")["applications"]
    with own_work():
        keys = {number: uuid5(SPACE, f"application {number}") for number in range(len(told))}
        there = set(Receipt.objects.filter(key__in=keys.values()).values_list("key", flat=True))
        opened = Round.objects.filter(posting=POSTING).first()
    new = [number for number, key in keys.items() if key not in there]
    if opened is None or not new:
        return 0
    numbers = {}
    for number in new:
        one = told[number]
        email = f"{one['employer'].casefold().replace(' ', '.')}@example.nl"
        kvk = one["kvk"] if one.get("signed") else ""
        numbers[number] = receive(
            scheme=SCHEME, key=keys[number], applicant=f"{one['kvk']} {one['employer']}", facts=_facts(one),
            is_complete=one["then"] != "ask",
            contact=NewContact(email, invented_account("INVT", 500 + number), kvk=kvk),
        ).number  # fmt: skip
    decide(scheme=SCHEME, actor="demo", now=now)
    take_in(actor="demo", now=now)
    for number in new:
        with own_work():
            case = Case.objects.get(number=numbers[number])
        DONE[told[number]["then"]](case, now)
    today = day_of(now)
    cases.check_round(round_id=opened.pk, known=cases.known_of(opened.pk, on=today), on=today, actor=OSCAR, now=now)
    return len(new)


def _facts(one: Mapping[str, Any]) -> dict[str, Any]:
    facts = USUAL | {"applicant": "employer", "employer": f"kvk:{one['kvk']}", "category": one["category"],
                     "person": f"person:{uuid5(SPACE, one['person']).hex}"}  # fmt: skip
    facts |= {name: one[name] for name in ("start", "met") if name in one}
    return facts | ({"group": f"kvk:{one['group']}"} if "group" in one else {})


def _nothing(case: Case, now: datetime) -> None:
    """The proposal waits."""


def _ask(case: Case, now: datetime) -> None:
    cases.take_step(
        case=case.pk, version=_version(case), step=Step.COMPLETION_ASKED, actor=OSCAR, now=now, reason=MISSING
    )


def _approve(case: Case, now: datetime) -> None:
    cases.approve(case=case.pk, version=_version(case), proposal=_newest(case, Step.PROPOSED), actor=OLGA, now=now)


def _settle(case: Case, now: datetime) -> None:
    _approve(case, now)
    with own_work():
        granted = CaseEvent.objects.filter(case=case, step=Step.GRANTED.value).latest("number")
    number = cases.propose(
        case=case.pk, version=_version(case), step=Step.SETTLED, cents=granted.cents, actor=OSCAR, now=now
    )
    cases.approve(case=case.pk, version=_version(case), proposal=number, actor=OLGA, now=now)


def _object(case: Case, now: datetime) -> None:
    _approve(case, now)
    cases.lodge_objection(
        case=case.pk, version=_version(case), objection=uuid5(SPACE, f"objection {case.number}"),
        against=_newest(case, Step.REFUSED), received_on=day_of(now), words=WORDS, actor=OSCAR, now=now,
    )  # fmt: skip


def _stop(case: Case, now: datetime) -> None:
    _approve(case, now)
    ask_to_stop(number=case.number, now=now)


def _correct(case: Case, now: datetime) -> None:
    correct(number=case.number, account=invented_account("INVT", case.receipt_id), now=now)


def _take_back(case: Case, now: datetime) -> None:
    take_back(number=case.number, now=now)


def _version(case: Case) -> int:
    with own_work():
        return Case.objects.values_list("version", flat=True).get(pk=case.pk)


def _newest(case: Case, step: Step) -> int:
    with own_work():
        return CaseEvent.objects.filter(case=case, step=step.value).latest("number").number


DONE = {"propose": _nothing, "approve": _approve, "settle": _settle, "ask": _ask, "object": _object,
        "stop": _stop, "correct": _correct, "take_back": _take_back}  # fmt: skip
