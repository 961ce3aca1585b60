"""Short words for tests of cases: officers, an application that is decided, and its way to the bank."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.budget.rules import Account, State
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.rules.procedure.payments import Payer, invented_account
from dichterbij.gateways.payments import write_order
from support.schemes import GRANT, apply, decided, opened

PAYER = Payer("Uitvoerder (verzonnen)", invented_account("INVT", 1))
ANNA, BRAM, CARLA, DIRK = (Actor(UUID(int=number), Role.SCHEME_OFFICER, None, "") for number in range(1, 5))


def account(number: int) -> str:
    """An invented account number with valid check digits."""
    return invented_account("INVT", 100 + number)


@dataclass
class Way:
    """A case and what officers do with it: Anna assesses, Bram approves."""

    here: Opened
    number: str
    id: UUID
    now: datetime = field(default_factory=timezone.now)

    @property
    def view(self) -> reading.CaseView:
        return reading.case(self.id, on=self.today)

    @property
    def version(self) -> int:
        return self.view.row.version

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def later(self, **time: int) -> "Way":
        self.now += timedelta(**time)
        return self

    def propose(self, step: Step, cents: int = 0, by: Actor = ANNA, **more: Any) -> int:
        return cases.propose(case=self.id, version=self.version, step=step, cents=cents, actor=by, now=self.now, **more)

    def approve(self, proposal: int, by: Actor = BRAM) -> int:
        return cases.approve(case=self.id, version=self.version, proposal=proposal, actor=by, now=self.now)

    def decide(self, step: Step, cents: int = 0, **more: Any) -> "Way":
        self.approve(self.propose(step, cents, **more))
        return self

    def take(self, step: Step, **more: Any) -> "Way":
        cases.take_step(case=self.id, version=self.version, step=step, actor=ANNA, now=self.now, **more)
        return self

    def granted(self) -> "Way":
        """As the scheme decided, approved by Bram."""
        decided(self.here)
        cases.adopt_decisions(round_id=self.here.id, now=self.now)
        row = self.view.row
        assert row.proposal is not None
        self.approve(row.proposal)
        return self

    def settled(self, cents: int = GRANT) -> "Way":
        return self.granted().decide(Step.SETTLED, cents)

    def paid_file(self) -> bytes:
        """The file in which everything of the round that is due is paid."""
        file = uuid4()
        prepare(self.here, file, self.now)
        return cases.release_file(file=file, actor=BRAM, now=self.now)

    def object(self, against: Step, *, received: date | None = None, **more: Any) -> UUID:
        """Object to the newest decision of this kind."""
        id = uuid4()
        event = [one for one in self.view.events if one.step == against.value][-1]
        cases.lodge_objection(
            case=self.id, version=self.version, objection=id, against=event.number, words="Dit klopt niet.", actor=ANNA,
            received_on=received or self.today, now=self.now, **more,
        )  # fmt: skip
        return id


def prepare(here: Opened, file: UUID, now: datetime, by: Actor = ANNA) -> UUID:
    return cases.prepare_file(
        file=file, round_id=here.id, payer=PAYER, execute_on=timezone.localdate(now) + timedelta(days=2),
        write=write_order, actor=by, now=now,
    )  # fmt: skip


def begun(here: Opened | None = None, employer: str = "Bakkerij Aalders", **more: Any) -> Way:
    """A case of an application that just came; `more`: of the application."""
    here = here or opened()
    party = more.pop("party", None) or cases.Party(
        employer, f"{uuid4().hex[:8]}@aalders.example", account(len(employer)), invented=True
    )
    received = apply(here, employer, **more)
    case = cases.open_case(number=received.number, party=party, actor=ANNA, now=timezone.now())
    return Way(here, received.number, case.pk)


def held(here: Opened) -> dict[str, int]:
    """Cents of a round by state on the ledger, without the world outside."""
    place = here.committed.place
    found = {state.value: ledger.balance(Account(state, place)) for state in State if state is not State.OUTSIDE}
    return {state: cents for state, cents in found.items() if cents}
