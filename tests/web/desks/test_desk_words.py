"""Every code of the desks has words, so that no page ever shows a code."""

import pytest

from dichterbij.domains.regions.rules.desk_kinds import Day, Kind, Topic, Who
from dichterbij.web.desks import words


def test_every_code_has_words() -> None:
    assert set(words.WHO) == set(Who)
    assert set(words.INTRODUCTIONS) == set(Who)
    assert set(words.TOPICS) == set(Topic)
    assert set(words.QUESTIONS) == set(Topic)
    assert set(words.KINDS) == set(Kind)
    assert set(words.DAYS) == set(Day)


@pytest.mark.parametrize("who", list(Who))
def test_everybody_may_answer_that_they_do_not_know(who: Who) -> None:
    assert words.topics_for(who)[-1] is Topic.UNKNOWN
    assert len(set(words.topics_for(who))) == len(words.topics_for(who))


@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize("topic", list(Topic))
def test_there_is_something_to_say_for_every_question(who: Who, topic: Topic) -> None:
    assert len(words.what_to_say(who, topic).split(". ")) >= 2


def test_an_employer_finds_people_where_somebody_else_finds_work() -> None:
    assert words.topic(Topic.WORK, Who.EMPLOYER) == "Mensen vinden"
    assert words.topic(Topic.WORK, Who.JOB_SEEKER) == "Werk vinden"
