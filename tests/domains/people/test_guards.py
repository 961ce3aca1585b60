"""Nobody sees or changes somebody of another desk, also by SQL of one's own; and each guard is proven to be one.

`leaks` tries everything that must not work, `losses` what must. Both find nothing in the database as it is. Take any
guard away, and one of them finds something: that is what the last tests show.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.queries import uses_of
from dichterbij.domains.people import actions, queries
from dichterbij.domains.people.rules import ContactKind, NewContact
from dichterbij.domains.people.secret import pseudonym
from support.people import Desk, as_owner, make_desk, new_person, register

PERSON_OF = {
    "people_person": "id",
    "people_contact": "person_id",
    "people_profile": "person_id",
    "people_access": "person_id",
    "people_consent": "person_id",
    "people_key": "person_id",
    "people_linkrequest": "person_id",
}
INSERTS = {
    "people_person": (
        "INSERT INTO people_person (id, region, name, language, through, reference, made_at, invented)"
        " VALUES (gen_random_uuid(), 'AM05', 'Nobody', 'nl', 'self', '', now(), true)"
    ),
    "people_contact": (
        "INSERT INTO people_contact (id, person_id, kind, value, digest)"
        " VALUES (gen_random_uuid(), %(person)s, 'email', 'a@b.nl', '')"
    ),
    "people_profile": "INSERT INTO people_profile (person_id, \"values\", changed_at) VALUES (%(bare)s, '{}', now())",
    "people_access": (
        "INSERT INTO people_access (id, person_id, organisation_id, purpose, ground, since, until)"
        " VALUES (gen_random_uuid(), %(person)s, %(organisation)s, 'own', 'consent', now(), now() + interval '1 day')"
    ),
    "people_consent": (
        "INSERT INTO people_consent (id, person_id, organisation_id, purpose, text, given_at)"
        " VALUES (gen_random_uuid(), %(person)s, %(organisation)s, 'own', '1', now())"
    ),
    "people_key": (
        "INSERT INTO people_key (id, person_id, digest, made_at)"
        " VALUES (gen_random_uuid(), %(bare)s, %(organisation)s::text::bytea, now())"
    ),
    "people_linkrequest": (
        "INSERT INTO people_linkrequest (id, person_id, language, page, ask, by_text, actor, asked_at)"
        " VALUES (gen_random_uuid(), %(person)s, 'nl', '{token}', '', false, 'x', now())"
    ),
}
OWN_PERSON = (
    "INSERT INTO people_person (id, region, name, language, through, reference, made_at, invented, account_id)"
    " VALUES (gen_random_uuid(), 'AM05', 'Nobody', 'nl', 'self', '', now(), true, %(user)s)"
)
NEVER = {
    "asked": "SELECT * FROM people_asked",
    "links asked": "SELECT * FROM people_keyasked",
    "event changed": "UPDATE journal_auditevent SET actor = 'other'",
    "event deleted": "DELETE FROM journal_auditevent",
    "use changed": "UPDATE journal_processing SET subject = 'other'",
    "use deleted": "DELETE FROM journal_processing",
    "link made": "INSERT INTO journal_link VALUES (1000000, 1000000, '')",
    "link deleted": "DELETE FROM journal_link",
    "chain called": "SELECT journal_add_link(event) FROM journal_auditevent event LIMIT 1",
    "guard off": "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
    "other role": "CREATE ROLE somebody BYPASSRLS",
}


@dataclass(frozen=True)
class World:
    """Somebody of one desk, and another desk that must see nothing. `bare` has no profile and no link."""

    desk: Desk
    other: Desk
    person: UUID
    bare: UUID

    @property
    def values(self) -> Mapping[str, object]:
        """For statements, as the other desk."""
        return {"person": self.person, "bare": self.bare, "organisation": self.other.organisation}


@pytest.fixture(scope="module")
def world(site: None) -> World:
    desk, other, partner = make_desk(), make_desk(region="AM09"), make_desk("partner")
    now = timezone.now()
    new = new_person("Sami", email="sami@example.nl")
    person = actions.register_person(by=desk.adviser, new=new, consents=[partner.organisation], now=now)
    bare = actions.register_person(by=desk.adviser, new=replace_profile(), now=now)
    actions.new_token(person=person, by=actions.Through("self", ""), now=now)
    register(other)
    contact = NewContact(ContactKind.EMAIL, "sami@example.nl")
    queries.same_elsewhere([contact], actor=other.adviser)
    site = actions.Site("https://x.example/{token}/", "https://x.example/")
    actions.send_keys(contact=contact, language="nl", site=site, now=now)
    self = actions.Through("self", "")
    actions.ask_key_to(person=person, by=self, language="nl", site=site, by_text=False, now=now)
    return World(desk, other, person, bare)


def replace_profile() -> actions.NewPerson:
    plain = new_person("Noor")
    return actions.NewPerson(plain.name, plain.language, plain.region, plain.contacts)


@contextmanager
def undone() -> Iterator[None]:
    """What is tried is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def done(statement: str, values: Mapping[str, object]) -> int:
    """How many rows a statement reached; 0 when the database refused it. Taken back at once."""
    try:
        with undone(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return max(cursor.rowcount, 0) + statement.startswith(("ALTER", "CREATE"))
    except DatabaseError:
        return 0


def leaks(world: World) -> set[str]:
    """Everything that somebody can do who should not."""
    nobody = {f"nobody: {name}" for name in _reached(world)}
    with acting(world.other.adviser):
        other = {f"another desk: {name}" for name in _reached(world)}
    with acting(world.desk.adviser):
        own = {f"the desk itself: {name}" for name in _own_desk(world)}
    citizen = Actor(uuid4(), Role.CITIZEN, None, "")
    with acting(citizen):
        made = {"a citizen: makes people_person"} if done(OWN_PERSON, {"user": citizen.user}) else set()
        return nobody | other | own | made | {f"a citizen: {name}" for name in _reached(world)}


def _reached(world: World) -> Iterator[str]:
    for table, column in PERSON_OF.items():
        for verb, statement in {
            "sees": f"SELECT 1 FROM {table} WHERE {column} IN (%(person)s, %(bare)s)",
            "changes": f"UPDATE {table} SET {column} = {column} WHERE {column} = %(person)s",
            "deletes": f"DELETE FROM {table} WHERE {column} IN (%(person)s, %(bare)s)",
            "adds": INSERTS[table],
        }.items():
            if done(statement, world.values):
                yield f"{verb} {table}"
    if uses_of(subject=pseudonym(world.person)):
        yield "sees journal_processing"
    yield from (name for name, statement in NEVER.items() if done(statement, {}))


def _own_desk(world: World) -> Iterator[str]:
    """A desk helps somebody, but gives nobody access, deletes nothing and has no key to the person's own page."""
    for table, column in PERSON_OF.items():
        if done(f"DELETE FROM {table} WHERE {column} = %(person)s", world.values):
            yield f"deletes {table}"
    for table in ("people_person", "people_access", "people_consent", "people_key", "people_linkrequest"):
        if done(INSERTS[table], world.values):
            yield f"adds {table}"
    if done("SELECT 1 FROM people_key WHERE person_id = %(person)s", world.values):
        yield "sees people_key"


def losses(world: World) -> set[str]:
    """Everything that must work and does not."""
    return {name for name, works in WORKS.items() if not _works(works, world)}


def _works(works: Callable[[World], bool], world: World) -> bool:
    try:
        with undone():
            return works(world)
    except Exception:
        return False


def _desk_reads(world: World) -> bool:
    row = queries.person(actor=world.desk.adviser, person=world.person, purpose="guide_person", now=timezone.now())
    return bool(row.name == "Sami" and row.contacts and row.profile)


def _own_page(world: World) -> bool:
    token = actions.new_token(person=world.person, by=actions.Through("self", ""), now=timezone.now())
    page = queries.own_page(person=world.person, now=timezone.now())
    return queries.person_of_token(token) == world.person and bool(page.consents and page.accesses and page.looks)


def _changes(world: World) -> bool:
    with acting(world.desk.adviser), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = 'Sam' WHERE id = %s", [world.person])
        return cursor.rowcount == 1


def _known_elsewhere(world: World) -> bool:
    return queries.same_elsewhere([NewContact(ContactKind.EMAIL, "Sami@Example.nl")], actor=world.other.adviser)


def _link_sent(world: World) -> bool:
    site = actions.Site("https://x.example/{token}/", "https://x.example/")
    contact = NewContact(ContactKind.EMAIL, "sami@example.nl")
    return bool(actions.send_keys(contact=contact, language="nl", site=site, now=timezone.now()))


def _link_asked(world: World) -> bool:
    return len(actions.answer_asked(now=timezone.now())) == 1


def _forgets(world: World) -> bool:
    actions.forget_person(person=world.person, by=actions.Through("self", ""), now=timezone.now())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_contact WHERE person_id = %s", [world.person])
        return bool(cursor.fetchone()[0] == 0)


WORKS = {
    "the desk reads": _desk_reads,
    "the person has a page": _own_page,
    "the desk changes a name": _changes,
    "another desk asks whether somebody is known": _known_elsewhere,
    "the person is sent a link": _link_sent,
    "a link that was asked is written": _link_asked,
    "the person is forgotten": _forgets,
}


def test_the_site_runs_as_a_role_that_cannot_step_over_policies(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("dichterbij_site", False, False)


def test_nobody_else_reaches_a_person_by_any_statement(world: World) -> None:
    assert leaks(world) == set()


def test_whoever_may_does_reach_a_person(world: World) -> None:
    assert losses(world) == set()


def test_a_query_that_forgets_its_filter_gives_only_own_people(world: World) -> None:
    with acting(world.other.adviser), connection.cursor() as cursor:
        for table, column in PERSON_OF.items():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT person_id FROM people_access)")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (1,)


def _guards() -> list[str]:
    """Every guard of these tables, as the statement that takes it away."""
    tables = [*PERSON_OF, "journal_processing"]
    return [
        *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in tables),
        *(f"DROP POLICY {table}_seen ON {table}" for table in tables),
        "DROP POLICY people_person_made ON people_person",
        "DROP POLICY journal_processing_added ON journal_processing",
        *(f"DROP POLICY {table}_deleted ON {table}" for table in ("people_person", "people_contact", "people_profile")),
        "GRANT SELECT ON people_asked TO dichterbij_site",
        "GRANT SELECT ON people_keyasked TO dichterbij_site",
        "GRANT UPDATE ON journal_auditevent TO dichterbij_site; DROP TRIGGER journal_event_stays ON journal_auditevent",
        "GRANT DELETE ON journal_link TO dichterbij_site; DROP TRIGGER journal_link_stays ON journal_link",
        "GRANT INSERT ON journal_link TO dichterbij_site",
        "REVOKE EXECUTE ON FUNCTION people_same_elsewhere(bytea[]) FROM dichterbij_site",
        "REVOKE EXECUTE ON FUNCTION people_whose_key(bytea) FROM dichterbij_site",
        "REVOKE EXECUTE ON FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer) FROM dichterbij_site",
        "ALTER FUNCTION people_same_elsewhere(bytea[]) SECURITY INVOKER",
        "ALTER ROLE dichterbij_site BYPASSRLS",
    ]


@pytest.mark.parametrize("removal", _guards())
def test_without_any_one_guard_these_tests_are_red(removal: str, world: World) -> None:
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(removal)
        assert leaks(world) | losses(world)


def test_no_policy_of_these_tables_is_left_out_of_the_proof() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname FROM pg_policies WHERE tablename = ANY (%s) AND policyname NOT LIKE '%%\\_kept'",
            [[*PERSON_OF, "journal_processing"]],
        )
        named = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'people\\_%%' AND relkind = 'r'")
        tables = {name for (name,) in cursor.fetchall()}
    doubled = {"people_access_deleted", "people_consent_deleted"}  # writing is narrower there already
    proven = {words.split()[2] for words in _guards() if words.startswith("DROP POLICY")}
    assert named - doubled == proven
    assert tables - {"people_asked", "people_keyasked"} == set(PERSON_OF)


def test_an_access_that_ended_or_passed_shows_nothing_any_more(desk: Desk, other: Desk) -> None:
    person, now = register(desk), timezone.now()
    given = {"person": person, "organisation": other.organisation, "purpose": "hand_over", "ground": "consent"}
    actions.give_access(**given, by=desk.adviser, now=now)
    assert queries.names(actor=other.adviser, people=[person], purpose="hand_over", now=now)
    with as_owner(), connection.cursor() as cursor:
        late = "since = now() - interval '2 days', until = now() - interval '1 second'"
        cursor.execute(f"UPDATE people_access SET {late} WHERE organisation_id = %s", [other.organisation])
    with acting(other.adviser):
        assert done("SELECT 1 FROM people_person WHERE id = %(person)s", {"person": person}) == 0
    actions.give_access(**given, by=desk.adviser, now=timezone.now())
    assert queries.names(actor=other.adviser, people=[person], purpose="hand_over", now=timezone.now())
    actions.end_access(person=person, organisation=other.organisation, by=other.adviser, now=timezone.now())
    with acting(other.adviser):
        assert done("SELECT 1 FROM people_person WHERE id = %(person)s", {"person": person}) == 0
    assert uuid4() not in queries.names(actor=desk.adviser, people=[person], purpose="hand_over", now=timezone.now())
