"""The guards are there, by the database's own catalogue: a new table of people without one is red by itself."""

from pathlib import Path

from django.db import connection

from support.catalogue import ELSEWHERE, OTHERS, SITE, faults, is_elsewhere, tables_of_somebody
from support.isolation import KEYS, World
from support.people import as_owner
from support.sweeping import undone


def test_the_catalogue_shows_no_open_door(world: World) -> None:
    assert list(faults()) == []


def test_the_site_works_in_the_role_that_these_tests_speak_of(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('row_security')")
        assert cursor.fetchone() == (SITE, "on")


def test_every_table_of_people_and_hand_overs_is_in_the_sweep(world: World) -> None:
    """A table that is added must be given its place in `support.isolation`, with who may see it."""
    assert {table for table, *_guards in tables_of_somebody() if not is_elsewhere(table)} == set(KEYS)


def test_tables_that_are_not_in_the_sweep_have_a_proof_of_their_own() -> None:
    """Somebody who moves such a test must say where it went."""
    for tables, proof in ELSEWHERE.items():
        assert tables.partition("_")[0] in Path(proof).read_text(encoding="utf-8"), proof


def test_a_new_table_without_a_guard_is_found(world: World) -> None:
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE people_note (id uuid PRIMARY KEY, text text)")
            cursor.execute("CREATE TABLE plans_plan (id uuid PRIMARY KEY, person_id uuid)")
        assert {fault.split(":")[0] for fault in faults()} == {"people_note", "plans_plan"}


def test_tables_that_are_left_out_exist(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY (%s)", [[*OTHERS]])
        assert {name for (name,) in cursor.fetchall()} == set(OTHERS)
