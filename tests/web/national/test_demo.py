"""The demonstration's employers and contact persons: there once, with gaps to see, and put back as they were."""

from django.utils import timezone

from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.actions.demo import NADIA
from dichterbij.domains.network.queries import Wanted
from dichterbij.domains.network.rules import NewEmployer, NewSite
from support.people import as_owner
from web.national.conftest import Pages
from web.national.test_leads import report


def names() -> set[str]:
    wanted = Wanted(search="verzonnen")
    return {row.name for row in queries.employers(actor=NADIA, wanted=wanted, now=timezone.now(), limit=100)[0]}


def does_answer(pages: Pages) -> None:
    """A letter of the story's team to an alderman of the story, that left and is answered."""
    now = timezone.now()
    today = timezone.localdate(now)
    letter = actions.write_mailing(
        actor=NADIA, subject="x", text="y", kinds=["alderman"], only=["AM15"], now=now, answer_by=today
    )
    seen = queries.mailing(actor=NADIA, mailing=letter, now=now)[0].digest
    actions.send_mailing(actor=NADIA, mailing=letter, seen=seen, now=now)
    actions.say_answered(actor=NADIA, mailing=letter, region="AM15", on=today, words="", now=timezone.now())


def test_the_story_is_loaded_once_and_put_back(pages: Pages) -> None:
    now, story = timezone.now(), names()
    assert len(story) == 5
    assert actions.load_demo_network(now=now) == 0, "a second time makes nothing"
    new = NewEmployer("Uitprobeersel Verzonnen", (NewSite("AM20", ""),), invented=True)
    actions.add_employer(actor=NADIA, new=new, now=now, is_another=True)
    actions.write_mailing(actor=NADIA, subject="x", text="y", kinds=["general"], only=[], now=now)
    report("Meldt Zich Verzonnen", "AM29")
    does_answer(pages)
    assert [row.name for row in queries.own_contacts(actor=NADIA, now=now)].count("Dirk Verzonnen") == 1
    with as_owner():
        assert actions.reset_demo_network(now=now) > 0
    assert names() == story
    rows = queries.region_contacts(actor=NADIA, now=now)
    assert any(row.lacks for row in rows)
    assert any(not row.lacks for row in rows)
