"""Everybody sees exactly the rows that are theirs, in every table, also with a query that forgot its filter."""

from support.isolation import World
from support.sweeping import differences, losses


def test_everybody_sees_and_reaches_exactly_what_is_theirs(world: World) -> None:
    assert list(differences(world, world.visitors)) == []


def test_the_work_itself_goes_on(world: World) -> None:
    assert list(losses(world)) == []


def test_there_is_something_to_see_and_something_to_hide_in_every_table(world: World) -> None:
    """Without rows on both sides the tests of this folder would say nothing."""
    for table in (
        "people_person",
        "people_contact",
        "people_profile",
        "people_access",
        "referral_handover",
        "referral_step",
    ):
        sizes = [len(world.expected(visitor)[table]) for visitor in world.visitors]
        assert min(sizes) == 0, table
        assert 0 < max(sizes) < len(world.rows[table]), table
    assert all(world.rows[table] for table in world.rows if table != "referral_regionagreement")
