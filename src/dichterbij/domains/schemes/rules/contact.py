"""How who applies can be reached and paid: what can be kept, and for how long. Pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dichterbij.data import RULES
from dichterbij.domains.accounts.rules import mail_address
from dichterbij.domains.schemes.rules.procedure.payments import check_account
from dichterbij.domains.schemes.rules.procedure.stages import ENDED
from dichterbij.domains.schemes.rules.procedure.state import CaseState
from dichterbij.rules.dated import newest_folder, read_rule_folder

BY_APPLICANT, STOPS = "account_by_applicant", "applicant_stops"
"""Tasks that an applicant makes for officers: another account was given, and what was granted is not wanted."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """What is given beside an application, all of it optional. `kvk`: proved by signing in. `link`: to its page."""

    email: str = ""
    account: str = ""
    language: str = "nl"
    kvk: str = ""
    link: str = ""

    def checked(self) -> "NewContact":
        """As it is kept. InputError for what is no address or no account number."""
        email = mail_address(self.email) if self.email else ""
        return replace(self, email=email, account=check_account(self.account) if self.account else "")


def can_be_paid_elsewhere(case: CaseState) -> bool:
    """Whether who applied may still name another account: until something of it is at the bank or paid."""
    return case.stage not in ENDED and not case.ordered_cents and not case.paid_cents


def keep_until(received_on: date) -> date:
    """The last day on which a contact is kept."""
    files = read_rule_folder(newest_folder(RULES / "scheme_contact", on=received_on), names=("contact",), own=None)
    return received_on + timedelta(days=int(files["contact"].values["keep_days"]))
