"""What an employer has filled in so far. It lives in the employer's own browser until it is sent."""

from dataclasses import dataclass
from datetime import date

JOB = "job"
NO_DUTCH = 1


@dataclass(frozen=True)
class Draft:
    """One opening and who asks. Concepts are ESCO URIs; None is "not said", an empty list is "nothing asked".

    `token` names this draft: a form that is sent twice is one message. `asked_occupation`: the employer chose, or
    said that none of ours is right. `sites`: other regions where the employer has sites.
    """

    token: str = ""
    title: str = ""
    pc4: int | None = None
    place: str = ""
    occupation: str | None = None
    asked_occupation: bool = False
    described: bool = False
    tasks: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    own_tasks: str = ""
    own_demands: str = ""
    demands: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    dutch: int = NO_DUTCH
    level: int | None = None
    hours_min: int | None = None
    hours_max: int | None = None
    dayparts: tuple[str, ...] = ()
    people: int = 1
    latest_start: date | None = None
    agreement: str = JOB
    contract: str = ""
    wage_min: int | None = None
    wage_max: int | None = None
    willing: tuple[str, ...] = ()
    onboarding: int | None = None
    firm: str = ""
    person: str = ""
    email: str = ""
    phone: str = ""
    question: str = ""
    kvk: str = ""
    sites: tuple[str, ...] = ()

    @property
    def next_step(self) -> str:
        """The url name of the first page that is not done; the check when all are."""
        if not self.title or self.pc4 is None:
            return "placing:place"
        if not self.asked_occupation:
            return "placing:occupation"
        if not self.described:
            return "placing:work"
        can_call_back = self.firm and self.person and (self.phone or self.email)
        return "placing:check" if can_call_back else "placing:contact"

    @property
    def is_complete(self) -> bool:
        """Whether it can be sent."""
        return self.next_step == "placing:check"
