"""What PostgreSQL's own catalogue says about who may do what: read anew, so that a new table is in it by itself."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection

SITE = "dichterbij_site"
# Tables with a column of an organisation or person that are no data of people who look for work.
OTHERS = {
    "accounts_invitation": "staff; kept apart by `accounts.reach`",
}
# Tables without people who look for work: their guards are taken away in turn beside what writes them.
ELSEWHERE = {
    "accounts_(identity|invitation|program|recoverycode|second.*|signinlink)": "tests/domains/accounts/test_guards.py",
    "budget_.*": "tests/domains/budget/test_guards.py",
    "network_.*": "tests/domains/network/test_guards.py",
    "regions_keptdesk": "tests/domains/regions/test_kept_desks.py",
    "schemes_.*": "tests/domains/schemes/test_each_guard.py",
}
# Every function that runs with the rights of the tables' owner. Each is a door of its own: read it before adding one.
DOORS = {
    "accounts_works_at", "accounts_ever_worked_at",
    "budget_as_decided", "budget_book", "journal_link_event", "people_make_keys", "people_named",
    "people_same_elsewhere", "people_whose_key", "schemes_batch_follows", "schemes_decisions_count",
    "schemes_round_begins",
}  # fmt: skip
ONLY_ADDED = (
    "journal_auditevent", "journal_processing", "journal_link", "budget_posting", "budget_transfer", "budget_link",
)  # fmt: skip
KEPT = ("referral_handover", "referral_step", "referral_regionagreement", "openings_message")


def faults() -> Iterator[str]:
    """Everything in the catalogue that leaves a door open; asked with any role."""
    yield from (f"{SITE} has {right}" for right in _rights_of_the_site())
    yield from (f"{SITE} owns {name}" for (name,) in _owned())
    yield from (f"{SITE} is a member of {name}" for (name,) in _member_of())
    for table, enabled, forced, policies in tables_of_somebody():
        if not (enabled and forced and policies):
            yield f"{table}: row level security is {enabled}, forced {forced}, {policies} policies for the site"
    for name, path in _definers():
        if name not in DOORS or path is None:
            yield f"{name} runs with its owner's rights"
    for table, verb in _granted():
        yield f"{SITE} may {verb} {table}"


def tables_of_somebody() -> list[tuple[str, bool, bool, int]]:
    """Every table of a person or an organisation that the site can read: its guards, and how many policies it has."""
    rows: list[tuple[str, bool, bool, int]] = _rows(_TABLES, [SITE, SITE, [*OTHERS]])
    return rows


def is_elsewhere(table: str) -> bool:
    """Whether the guards of this table have a proof of their own."""
    return any(re.fullmatch(tables, table) for tables in ELSEWHERE)


def policies() -> list[tuple[str, str, str, str | None, str | None]]:
    """Table, name, command, what is seen and what is written, of every policy that holds for the site."""
    rows: list[tuple[str, str, str, str | None, str | None]] = _rows(_POLICIES, [SITE])
    return rows


_TABLES = """
    SELECT t.relname::text, t.relrowsecurity, t.relforcerowsecurity,
           (SELECT count(*) FROM pg_policies p WHERE p.tablename = t.relname AND p.roles && ARRAY['public', %s]::name[]
            AND p.permissive = 'PERMISSIVE')
    FROM pg_class t
    WHERE t.relkind IN ('r', 'p', 'm', 'v', 'f') AND t.relnamespace = 'public'::regnamespace
      AND has_table_privilege(%s, t.oid, 'SELECT, INSERT, UPDATE, DELETE') AND NOT t.relname = ANY (%s)
      AND (t.relname ~ '^(people|post|referral)_|^openings_(message|sender)$|^journal_processing$'
           OR t.relname ~ '^accounts_(user|membership|absence)$' OR EXISTS (
          SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND a.attname ~ '(^|_)(person|organisation)(_id)?$'))
    ORDER BY 1
"""
_POLICIES = """
    SELECT tablename::text, policyname::text, cmd, qual, with_check FROM pg_policies
    WHERE schemaname = 'public' AND roles && ARRAY['public', %s]::name[] ORDER BY 1, 2
"""


def _rights_of_the_site() -> list[str]:
    row = _rows("SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin"
                " FROM pg_roles WHERE rolname = %s", [SITE])[0]  # fmt: skip
    names = ("SUPERUSER", "BYPASSRLS", "CREATEDB", "CREATEROLE", "REPLICATION", "LOGIN")
    schema = _rows("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [SITE])[0][0]
    return [name for name, has in zip(names, row, strict=True) if has] + (["CREATE in public"] if schema else [])


def _owned() -> list[Any]:
    return _rows("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s UNION ALL"
                 " SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = %s", [SITE, SITE])  # fmt: skip


def _member_of() -> list[Any]:
    return _rows("SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
                 " WHERE pg_get_userbyid(m.member) = %s", [SITE])  # fmt: skip


def _definers() -> list[Any]:
    return _rows("SELECT proname::text, (SELECT c FROM unnest(proconfig) c WHERE c LIKE 'search_path=%%')"
                 " FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace", [])  # fmt: skip


def _granted() -> list[tuple[str, str]]:
    """What is only added to, and what is never deleted."""
    never = [(table, verb) for table in ONLY_ADDED for verb in ("UPDATE", "DELETE", "TRUNCATE")]
    never += [(table, "DELETE") for table in KEPT] + [("journal_link", "INSERT"), ("django_migrations", "UPDATE")]
    return [(table, verb) for table, verb in never
            if _rows("SELECT has_table_privilege(%s, %s, %s)", [SITE, table, verb])[0][0]]  # fmt: skip


def _rows(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
