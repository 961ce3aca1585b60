"""A program proves who it is with a key, does what it was given a right for, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from ninja import Router
from ninja.operation import Operation

from dichterbij.api.keys import KIND
from dichterbij.api.urls import api
from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.models import Program as Row
from dichterbij.domains.accounts.rules import read_permissions
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.models import AuditEvent
from dichterbij.gateways.often import count_sending
from dichterbij.shared.errors import InputError, NotFoundError
from support.accounts import organisation
from support.programs import BASE, DESCRIBED, Program, as_described

pytestmark = pytest.mark.usefixtures("site")
VERIFY = "/geld/grootboek/controle"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def given(*rights: str) -> actions.NewKey:
    """A key that works until tomorrow."""
    now = timezone.now()
    at = organisation(f"Rekenkamer {uuid4()}", region="", kind="national")
    return actions.add_program(
        name="Controle", organisation=at, rights=rights, ends_on=timezone.localdate(now) + DAY, now=now
    )


def refused(key: str, status: int = 401) -> dict[str, object]:
    answer = Client().get(BASE + VERIFY, headers={"Authorization": f"Bearer {key}"} if key else {})
    assert answer.status_code == status, answer.content
    if status == 401:
        assert answer["WWW-Authenticate"].startswith('Bearer realm="dichterbij"')
    told: dict[str, object] = as_described(answer)
    return told


def test_with_its_key_a_program_does_what_it_may() -> None:
    assert Program(given("audit_money").key).get(VERIFY)["isHeel"]


def test_without_a_key_it_is_told_where_to_put_one() -> None:
    assert "Authorization: Bearer" in str(refused("")["detail"])


def test_a_key_for_something_else_opens_nothing() -> None:
    assert "recht" in str(refused(given("carry_out_scheme").key, 403)["detail"])


@pytest.mark.parametrize("key", ["x", "dichterbij_" + "x" * 43, "\xe9", "a b", "0" * 5000])
def test_a_key_of_nobody_is_refused_and_the_journal_tells_that_it_came(key: str) -> None:
    before = AuditEvent.objects.filter(action="accounts.key_refused").count()
    refused(key)
    assert AuditEvent.objects.filter(action="accounts.key_refused").count() == before + 1
    assert key not in str(AuditEvent.objects.latest("id").data) or len(key) < 2


def test_a_key_ends_on_its_day_when_it_is_ended_and_with_its_organisation() -> None:
    ended, passed, left = given("audit_money"), given("audit_money"), given("audit_money")
    actions.end_program(program=ended.program, now=timezone.now())
    with account_work():
        Row.objects.filter(pk=passed.program).update(ends_on=timezone.localdate())
        row = Row.objects.get(pk=left.program)
        Organisation.objects.filter(pk=row.organisation_id).update(ended_on=timezone.localdate())
    assert {str(refused(one.key)["detail"]) for one in (ended, passed, left)} == {str(refused("x")["detail"])}
    with pytest.raises(NotFoundError):
        actions.renew_program(program=ended.program, ends_on=timezone.localdate() + DAY, now=timezone.now())


def test_a_new_key_ends_the_former_one() -> None:
    first = given("audit_money")
    second = actions.renew_program(program=first.program, ends_on=timezone.localdate() + 2 * DAY, now=timezone.now())
    refused(first.key)
    assert Program(second.key).get(VERIFY)


def test_what_is_kept_of_a_key_does_not_open_the_door() -> None:
    made = given("audit_money")
    with account_work():
        row = Row.objects.get(pk=made.program)
    assert made.key not in str(vars(row))
    refused(row.digest)


def counted(times: int) -> None:
    """So many keys of nobody came from here already."""
    for _ in range(times):
        count_sending(KIND, "127.0.0.1", problem="", most=100)


def test_after_sixty_keys_of_nobody_only_the_next_of_nobody_is_too_often() -> None:
    good, over = given("audit_money"), given("audit_money")
    actions.end_program(program=over.program, now=timezone.now())
    events = AuditEvent.objects.filter(action="accounts.key_refused")
    before = events.count()
    counted(57)
    for _ in range(3):
        refused("x")
    assert "uur" in str(refused("x", 429)["detail"])
    assert events.count() == before + 3
    assert Program(good.key).get(VERIFY), "who guesses locks nobody out who shares an address"
    refused(over.key)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(BASE + VERIFY, headers={"Authorization": "Bearer x"})
    assert elsewhere.status_code == 401


def test_a_key_that_is_over_does_not_close_the_door_for_others() -> None:
    over, good = given("audit_money"), given("audit_money")
    actions.end_program(program=over.program, now=timezone.now())
    counted(59)
    for _ in range(3):
        refused(over.key)
    assert Program(good.key).get(VERIFY)


@pytest.mark.parametrize(("change", "says"), [
    ({"name": " "}, "name"), ({"rights": []}, "audit_money"), ({"rights": ["sign_in"]}, "audit_money"),
    ({"ends_on": timezone.localdate}, "today"), ({"ends_on": lambda: timezone.localdate() + 367 * DAY}, "latest"),
])  # fmt: skip
def test_a_program_that_cannot_be_is_refused(change: dict[str, object], says: str) -> None:
    told = {"name": "X", "rights": ["audit_money"], "ends_on": timezone.localdate() + DAY}
    told |= {name: value() if callable(value) else value for name, value in change.items()}
    at = organisation(f"Rekenkamer {uuid4()}", region="", kind="national")
    with pytest.raises(InputError, match=says):
        actions.add_program(organisation=at, now=timezone.now(), **told)  # type: ignore[arg-type]


def test_the_database_itself_wants_a_name_and_a_right() -> None:
    made = given("audit_money")
    wrongs: list[dict[str, object]] = [{"name": ""}, {"rights": []}]
    for wrong in wrongs:
        with pytest.raises(DatabaseError), account_work():
            Row.objects.filter(pk=made.program).update(**wrong)


def test_every_operation_behind_a_key_is_in_the_permission_table_and_the_other_way_round() -> None:
    """The door is the description: what it calls secured is asked of the table, by the name of its route."""
    keyed = {(path, method) for path, found in DESCRIBED["paths"].items() for method, one in found.items()
             if "security" in one}  # fmt: skip
    routes = {(path, method): f"api:{api.get_operation_url_name(operation, router)}"
              for router, path, method, operation in operations()}  # fmt: skip
    assert {routes[one] for one in keyed} == set(read_permissions(timezone.localdate()).programs)


def operations() -> Iterator[tuple[Router, str, str, Operation]]:
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield router, path, method.lower(), operation


def test_the_list_of_programs_has_no_key() -> None:
    made = given("audit_money")
    assert made.key not in str(queries.programs())
    assert made.program in {one.id for one in queries.programs()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_program")
        assert cursor.fetchone() == (0,), "a query that forgot who asks sees none"
