"""`load-reference` through the command line."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from dichterbij.cli import load_reference
from dichterbij.domains.regions import actions as regions


@pytest.mark.django_db
def test_a_set_with_a_table_of_the_same_name_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_reference, "reference_sets", regions.reference_sets)
    done = CliRunner().invoke(load_reference.command, obj=nullcontext)
    assert done.exit_code == 0, done.output
    named = [line.split(": ")[:-1] for line in done.stdout.splitlines()]
    assert ["regions"] in named
    assert all(len(set(names)) == len(names) for names in named)
