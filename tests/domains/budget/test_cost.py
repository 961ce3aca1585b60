"""What a large posting costs the database."""

import os
from pathlib import Path

import pytest
from django.db import connection

from dichterbij.domains.budget import queries
from support.budget import at, filled, move, posted

MANY = 5_000
MOST_SECONDS = 0.3


def spent() -> float:
    """Processor seconds of the server process of this connection; it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.usefixtures("ledger")
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="that server may run on another machine")
def test_five_thousand_transfers_in_one_posting_cost_well_under_the_limit() -> None:
    fund = filled(MANY * 150_000)
    moves = [move(at("free", fund), at("committed", fund, region=f"R{number % 35}"), 150_000) for number in range(MANY)]
    before = spent()
    posted(*moves)
    assert spent() - before < MOST_SECONDS
    assert queries.balance(at("free", fund)) == 0
