"""The invented accounts that the demonstration offers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dichterbij.domains.accounts.models import Membership, User
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.accounts.rules.demo import demo_id, demo_list
from dichterbij.domains.accounts.working import account_work


@dataclass(frozen=True, slots=True)
class DemoAccountRow:
    """One invented account: who it is, and its story in two languages."""

    key: str
    user: UUID
    name: str
    role: Role
    organisation_name: str
    nl: str
    en: str
    kvk: str


def demo_accounts(*, on: date) -> tuple[DemoAccountRow, ...]:
    """Those of the list that are in the database, invented, active, and (staff) with a role on this day."""
    with account_work():  # the invented ones only: they are offered to whoever comes
        users = {user.pk: user for user in User.objects.filter(invented=True, is_active=True)}
        rows = Membership.objects.filter(user__invented=True, valid_until=None, valid_from__lte=on)
        held = {row.user_id: row for row in rows.select_related("organisation").order_by("-pk")}
    found = []
    for account in demo_list():
        user = users.get(demo_id(account.key))
        if user is None or (user.kind == "staff" and user.pk not in held):
            continue
        membership = held.get(user.pk)
        role = Role(membership.role) if membership else Role(user.kind)
        organisation = membership.organisation.name if membership else ""
        found.append(
            DemoAccountRow(account.key, user.pk, user.name, role, organisation, account.nl, account.en, account.kvk)
        )
    return tuple(found)
