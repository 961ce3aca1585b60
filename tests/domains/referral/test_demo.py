"""The demonstration's story: one that waits, one that bounced, one that is late, one that was accepted."""

from datetime import timedelta

from dichterbij.domains.accounts.actions import load_demo_accounts
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.people.queries import people_of_account
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.seeing import own_work as post_work
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.actions.demo import story_links
from dichterbij.domains.referral.actions.demo_day import settle_demo
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import Tab
from dichterbij.domains.referral.queries.own import handovers_of
from dichterbij.domains.referral.seeing import digest_of, own_work
from support.people import as_owner
from support.referral import MONDAY


def test_the_story_is_told_once_and_put_back_by_one_command(site: None) -> None:
    load_demo_accounts(now=MONDAY - timedelta(days=60))
    assert actions.load_demo_handovers(now=MONDAY) == 4
    assert actions.load_demo_handovers(now=MONDAY + timedelta(days=1)) == 0
    rmt = Actor(demo_id("anna"), Role.ADVISER, demo_id("rmt-nhn"), "AM15")
    number = queries.counts(actor=rmt, now=MONDAY)
    assert (number[Tab.ACCEPT], number[Tab.OURS], number[Tab.WAITING]) == (1, 1, 1)
    bounced = queries.today(actor=rmt, tab=Tab.ACCEPT, now=MONDAY)[0]
    assert bounced.ball.bounces == 1
    late = Actor(demo_id("bram"), Role.ADVISER, demo_id("wsp-nhn"), "AM15")
    assert queries.counts(actor=late, now=MONDAY)[Tab.OVERDUE] == 1
    with post_work():
        assert Letter.objects.filter(sent_at=None, about=bounced.reference).exists()
    settle_demo(now=MONDAY)
    assert queries.counts(actor=late, now=MONDAY)[Tab.OVERDUE] == 0
    with own_work():
        story = [digest_of(link) for link in story_links()]
        waits = Handover.objects.filter(state="sent", token_digest__in=story)
        references = list(waits.values_list("reference", flat=True))
        assert not waits.filter(answer_by__lt=MONDAY.date()).exists()
    with post_work():
        assert bounced.reference in references
        assert not Letter.objects.filter(sent_at=None, about__in=references).exists()
    number = queries.counts(actor=rmt, now=MONDAY)
    fatima = Actor(demo_id("fatima"), Role.CITIZEN, None, "")
    (before,) = people_of_account(fatima)
    with as_owner():
        assert actions.reset_demo_handovers(now=MONDAY) == 4
        settle_demo(now=MONDAY)
    (hers,) = people_of_account(fatima)
    assert hers != before
    assert [row.is_open for row, _steps in handovers_of(person=hers)] == [True]
    assert queries.counts(actor=rmt, now=MONDAY) == number
    # The other tests have a national team of their own.
    Organisation.objects.filter(pk=demo_id("landelijk")).update(ended_on=MONDAY.date())
