"""Who does the work of whoever is away: somebody who is there, or nobody."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.accounts.rules import standing_in

PEOPLE = [UUID(int=number) for number in range(1, 7)]
AWAY = st.dictionaries(st.sampled_from(PEOPLE), st.one_of(st.none(), st.sampled_from(PEOPLE)))


@given(AWAY)
def test_nobody_who_is_away_does_the_work_of_another(away: dict[UUID, UUID | None]) -> None:
    doing = standing_in(away)
    assert doing.keys() == away.keys()
    assert not set(doing.values()) & set(away)


def test_a_stand_in_who_is_away_too_passes_it_on_and_a_circle_leaves_nobody() -> None:
    anna, bram, carla, dirk = PEOPLE[:4]
    assert standing_in({anna: bram, bram: carla}) == {anna: carla, bram: carla}
    assert standing_in({anna: bram, bram: anna, dirk: None}) == {anna: None, bram: None, dirk: None}
