"""The database the product runs on."""

import os

import pytest
from django.db import connection

from dichterbij.bootstrap import database, postgres
from dichterbij.shared.errors import InputError


@pytest.mark.django_db
def test_the_database_of_the_tests_keeps_text_in_utf8() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding')")
        assert cursor.fetchone() == ("UTF8",)


@pytest.mark.django_db
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="DATABASE_URL names a server with a locale of its own")
def test_the_embedded_server_has_the_builtin_utf8_locale() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()")
        assert cursor.fetchone() == ("b", "C.UTF-8")


def test_another_database_than_postgresql_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="postgresql://"):
        database.parse_url("sqlite:///x.db")


@pytest.mark.parametrize("end", ["host:99999999/x", "host:port/x", "[::1/x"])
def test_an_address_that_is_none_is_refused_without_repeating_its_password(end: str) -> None:
    with pytest.raises(InputError, match="DATABASE_URL is no address") as refused:
        database.parse_url(f"postgresql://jan:geheim@{end}")
    assert "geheim" not in str(refused.value)


def test_a_url_with_password_port_and_options_is_read() -> None:
    found = database.parse_url("postgresql://jan:p%40ss@db.example:5433/werk?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("jan", "p@ss", "db.example", "5433")
    assert found["NAME"] == "werk"
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_folder_survives_the_round_trip_through_an_address(tmp_path) -> None:
    found = database.parse_url(postgres.database_url(tmp_path, "dichterbij"))
    assert found["HOST"] == str(postgres.socket_directory(tmp_path))


def test_a_long_folder_gets_a_socket_path_the_kernel_accepts(tmp_path) -> None:
    deep = tmp_path / ("map" * 40)
    assert len(str(postgres.socket_directory(deep))) < 90
