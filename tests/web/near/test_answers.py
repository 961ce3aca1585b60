"""What a visitor told becomes the person of the bridge; what they did not tell stays unknown."""

from dichterbij.web.near.answers import Answers, Filters, person_row


def test_only_a_postcode_leaves_everything_else_unknown() -> None:
    row = person_row(Answers(pc4=3511), None)
    told = {name for name, value in row.items() if value not in (None, [])}
    assert told == {"person_id", "pc4"}
    assert row["skills"] is None
    assert row["licences"] is None


def test_no_licences_is_another_answer_than_unknown() -> None:
    assert person_row(Answers(pc4=3511, licences=()), None)["licences"] == []


def test_benefit_background_and_filters_never_reach_the_bridge() -> None:
    plain = person_row(Answers(pc4=3511), ())
    told = person_row(Answers(pc4=3511, background="bijstand", filters=Filters(minutes=15, route="direct")), ())
    assert told == plain


def test_a_tried_answer_can_be_taken_back() -> None:
    answers = Answers(pc4=3511, modes=("bike",))
    tried = answers.try_out("car", {"modes": ("bike", "car")})
    assert tried.modes == ("bike", "car")
    assert tried.take_back() == answers
    assert tried.settle().take_back().modes == ("bike", "car")
