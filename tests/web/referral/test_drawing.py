"""A row that is drawn once and filled in is, to the letter, the row as its template draws it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.referral.queries import HandoverRow, Tab
from dichterbij.domains.referral.rules import Ball, Level, State
from dichterbij.web.referral import words
from dichterbij.web.referral.drawing import drawn
from dichterbij.web.referral.present import About, Row

ONE, OTHER = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TEXTS = st.sampled_from(["Sami", "<b>&\"'", "", "csrf", "name to", "5 % \\1 {{ row.id }}"])
SAID = st.sampled_from(["Verzonnen", "<script>alert(1)</script>"])
TO = [("a", "Loket <A>"), ("b", "Loket B")]


@st.composite
def rows(draw: st.DrawFn) -> Row:
    flags, state = [draw(st.booleans()) for _ in range(10)], draw(st.sampled_from(State))
    ball = Ball(state, draw(st.sampled_from(Level)), ONE, draw(st.sampled_from([ONE, OTHER])), draw(st.integers(0, 2)))
    handover = HandoverRow(
        id=UUID(int=draw(st.integers(3, 9))), reference="OV-2222-22", person=None if flags[0] else ONE,
        message="BV-1" if flags[0] else "", region="AM05", topic="work", from_organisation=OTHER, ball=ball,
        version=draw(st.integers(1, 9)), answer_by=date(2026, 11, 9), question="", sender_words="", language="nl",
        ending=None, onward=None, result_goes_along=flags[1], made_at=NOW, moved_at=NOW, accepted_at=NOW, ended_at=NOW,
        invented=True,
    )  # fmt: skip
    ways = words.EMPLOYER_ENDINGS if flags[0] else words.ENDINGS
    return Row(
        handover=handover, about=About(draw(TEXTS), draw(SAID), draw(SAID), "OV-2222-22", ways),
        version=str(handover.version), sender=draw(SAID), holder_name=draw(SAID), holder_phone=draw(TEXTS),
        answer_by="ma 9 november", accepted_on="", ended_on="di 3 november", is_overdue=flags[2], may_answer=flags[3],
        may_accept=flags[4], may_return=flags[5], may_close=flags[6], may_withdraw=flags[7], ending=draw(TEXTS),
        colleague=draw(TEXTS), is_mine=flags[8], colleagues=(("c", "Noor & <co>"),) if flags[9] else (),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@given(found=st.lists(rows(), min_size=1, max_size=3), tab=st.sampled_from([*Tab, None]))
@settings(max_examples=40, deadline=None)
def test_a_row_that_is_filled_in_is_the_row_as_its_template_draws_it(
    found: list[Row], tab: Tab | None, language: str
) -> None:
    template = "referral/row.html" if tab else "referral/meeting_row.html"
    context = {"tab": tab, "to": TO, "csrf_token": "a&b", "failed": None}
    with override(language):
        each = [render_to_string(template, {**context, "row": row}) for row in found]
        assert drawn(template, found, Context(context)) == "".join(each)
