"""A place at the door of a round: each who comes gets the next turn, and keeps it."""

from datetime import datetime, timedelta

from django.db import connection

from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.full_house import FullHouse

_NEXT = """
    INSERT INTO schemes_door (round_id, turn_at) VALUES (%s, clock_timestamp()) ON CONFLICT (round_id) DO UPDATE
    SET turn_at = greatest(schemes_door.turn_at + %s * interval '1 microsecond', clock_timestamp()) RETURNING turn_at
"""


def take_turn(*, opened: Opened, pace: FullHouse) -> datetime:
    """When somebody who comes now may go in: at once while it is quiet, else after everybody who came before.

    Nothing is kept of who it is. Not an event of the journal: a turn changes nothing for anybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [opened.id, pace.between // timedelta(microseconds=1)])
        turn: datetime = cursor.fetchone()[0]
        return turn
