"""Making, ending and listing items of a campaign, as the command line does it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.outreach import queries
from dichterbij.domains.outreach.actions import add_item, count_steps, end_item
from dichterbij.domains.outreach.errors import CodeTakenError, ItemNotFoundError
from dichterbij.domains.outreach.models import DailyCount
from dichterbij.domains.outreach.rules import CODE, NewItem, Step, code_from, may_be_shown
from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.shared.errors import InputError

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def make(item: NewItem, actor: str = "WSP Twente") -> str:
    return add_item(actor=actor, item=item, now=NOW)


def test_a_region_that_no_longer_exists_gets_no_new_item(poster: NewItem) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE regions_region SET obsolete_on = %s WHERE code = 'AM05'", [TODAY])
    with pytest.raises(InputError, match="no longer exists"):
        make(poster)


def test_an_item_is_found_by_its_code_in_any_case_and_the_journal_says_who_made_it(poster: NewItem) -> None:
    assert make(replace(poster, code=" Twente-1 ", title=" Bibliotheek\n Enschede ")) == "twente-1"
    row = queries.item_row("TWENTE-1")
    assert (row.title, row.region_name, row.made_by) == ("Bibliotheek Enschede", "Twente", "WSP Twente")
    event = journal.latest_events(action="campaign.added")[0]
    assert (event.actor, event.data) == ("WSP Twente", {"code": "twente-1", "region": "AM05"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"code": "twee woorden"}, "letters, digits and hyphens"),
        ({"code": "-a"}, "letters, digits and hyphens"),
        ({"code": "a" * 31}, "letters, digits and hyphens"),
        ({"code": "é1"}, "letters, digits and hyphens"),
        ({"title": "  "}, "Give a title"),
        ({"title": "x" * 81}, "Give a title"),
        ({"title": "a\x00b"}, "Give a title"),
        ({"valid_until": date(2026, 10, 31)}, "before it starts"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(poster: NewItem, change: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        make(replace(poster, **change))  # type: ignore[arg-type]
    assert queries.items() == ()


def test_a_region_that_does_not_exist_and_a_nameless_maker_are_refused(poster: NewItem) -> None:
    with pytest.raises(AreaNotFoundError):
        make(replace(poster, region="AM99"))
    with pytest.raises(InputError, match="which desk"):
        make(poster, actor=" ")


def test_a_code_is_given_once(poster: NewItem) -> None:
    make(poster)
    with pytest.raises(CodeTakenError, match="twente-1"):
        make(replace(poster, title="Andere poster"))
    assert [row.title for row in queries.items()] == ["Bibliotheek"]


def test_an_item_counts_from_its_first_day_to_its_last_both_included(poster: NewItem) -> None:
    make(replace(poster, valid_from=TODAY, valid_until=TODAY))
    days = [TODAY - timedelta(1), TODAY, TODAY + timedelta(1)]
    assert [count_steps(code="twente-1", steps=[Step.VISIT], on=day) for day in days] == [False, True, False]
    assert not count_steps(code="nobody-made-this", steps=[Step.VISIT], on=TODAY)
    assert not count_steps(code="twente-1", steps=[], on=TODAY)


def test_ending_an_item_keeps_what_was_counted_and_cannot_be_before_its_start(poster: NewItem) -> None:
    make(poster)
    count_steps(code="twente-1", steps=[Step.VISIT], on=TODAY)
    end_item(actor="WSP Twente", code="Twente-1", on=TODAY, now=NOW)
    assert not count_steps(code="twente-1", steps=[Step.VISIT], on=TODAY + timedelta(1))
    assert queries.figures()[0].counts[Step.VISIT] == 1
    with pytest.raises(InputError, match="cannot end before"):
        end_item(actor="WSP Twente", code="twente-1", on=date(2026, 10, 1), now=NOW)
    with pytest.raises(ItemNotFoundError, match="campaign list"):
        end_item(actor="WSP Twente", code="anders", on=TODAY, now=NOW)


def test_figures_are_of_one_region_and_since_a_day_with_items_that_brought_nothing(poster: NewItem) -> None:
    make(poster)
    make(replace(poster, code="drenthe-1", region="AM03"))
    for day in (date(2026, 11, 3), TODAY):
        count_steps(code="twente-1", steps=[Step.VISIT, Step.NEAR], on=day, times=7)
    counted = {row.item.code: row.counts[Step.NEAR] for row in queries.figures()}
    assert counted == {"drenthe-1": 0, "twente-1": 14}
    assert [row.counts[Step.VISIT] for row in queries.figures(region="AM05", since=date(2026, 11, 4))] == [7]
    assert queries.first_count() == date(2026, 11, 3)


def test_the_table_hides_small_numbers_and_harms_no_spreadsheet(poster: NewItem) -> None:
    make(replace(poster, title="=SUM(A1)"))
    count_steps(code="twente-1", steps=[Step.VISIT], on=TODAY, times=5)
    count_steps(code="twente-1", steps=[Step.DESK], on=TODAY, times=4)
    names, row = queries.table(queries.figures())
    found = dict(zip(names, row, strict=True))
    assert (found["visit"], found["desk"], found["contact"]) == ("5", "<5", "0")
    assert found["title"] == "'=SUM(A1)"


def test_the_database_keeps_one_row_per_item_day_and_step(poster: NewItem) -> None:
    make(poster)
    count_steps(code="twente-1", steps=[Step.VISIT], on=TODAY)
    kept = DailyCount.objects.get()
    with pytest.raises(IntegrityError, match="campaign_one_count_per_item_day_step"), transaction.atomic():
        DailyCount.objects.create(item_id=kept.item_id, on=kept.on, step=kept.step, count=1)


@given(st.text())
def test_only_texts_that_fit_in_a_link_are_codes(text: str) -> None:
    code = code_from(text)
    assert code is None or (CODE.fullmatch(code) and code_from(code) == code and code.isascii())


@given(st.integers(0, 1000))
def test_no_number_from_one_to_four_is_shown(count: int) -> None:
    assert may_be_shown(count) is not (0 < count < 5)
