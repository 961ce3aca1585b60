"""The national initiatives: contract, amount, conditions and result of each, and a sum that closes."""

import re

import pytest
from django.test import Client

from dichterbij.data import read_yaml
from dichterbij.domains.budget.rules.partners import FILE, Contract, partners, read_partners
from dichterbij.shared.errors import InputError


def test_three_commissions_and_three_grants_are_750000_euros_together() -> None:
    found = partners()
    assert [one.contract for one in found.partners].count(Contract.COMMISSION) == 3
    assert [one.contract for one in found.partners].count(Contract.GRANT) == 3
    known = {one.code: one.cents for one in found.partners if one.cents}
    assert known == {"abu-nbbu": 1_450_000, "everyday-heroes": 23_500_000}
    assert (found.total_cents, found.together_cents) == (75_000_000, 50_050_000)


@pytest.mark.parametrize("total", [24_950_000, 24_949_999])
def test_a_sum_that_does_not_fit_is_refused(total: int) -> None:
    with pytest.raises(InputError, match="are left for who has no amount"):
        read_partners(read_yaml(FILE), total)


def test_an_amount_with_a_fraction_or_a_missing_field_is_refused() -> None:
    values = read_yaml(FILE)
    for change in ({"cents": 14_500.0}, {"contract": "gift"}):
        rows = [{**values["partners"][0], **change}, *values["partners"][1:]]
        with pytest.raises(InputError):
            read_partners({"partners": rows}, 75_000_000)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_tells_contract_amount_conditions_and_result_of_each(client: Client, language: str) -> None:
    page = client.get(f"/{language}/geld/landelijk/").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("\u00a0", " ")
    assert page.count('<section aria-labelledby="i') == 6
    if language == "nl":
        assert "Everyday Heroes € 235.000 . Een subsidie. Het werkt op kunnen" in words
        assert "Het werkt bewezen: De Nationale Werkbezoekdag bestond al" in words
        assert "alleen samen bekend: € 500.500" in words
