"""The alternatives that were not chosen, for every region and municipality of the country: on paper only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.budget.rules import what_if
from dichterbij.domains.budget.rules.what_if import Burden, Paper, Window
from dichterbij.domains.regions.queries import MunicipalityRow, RegionRow, every_municipality, regions


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What each would have given and asked, in cents; `carried`: the windows when what is left goes on."""

    paper: Paper
    windows: tuple[Window, ...]
    carried: tuple[Window, ...]
    vouchers: Mapping[RegionRow, Window]
    municipalities: Mapping[MunicipalityRow, int]
    report: Burden
    block_grant: Burden


def alternatives(*, on: date, voucher_cents: int | None = None, activities: int | None = None) -> Alternatives:
    """Worked out with this amount of a voucher and so many activities in each region; InputError for an impossible one.

    The money for vouchers is that of the employer subsidy, divided equally over the regions; that over municipalities
    is the first grant to the regions, by inhabitants.
    """
    paper = what_if.read_paper(on=on)
    here = {one.code: one for one in regions()}
    towns = {one.gm_code: one for one in every_municipality()}
    amount = paper.amount_cents if voucher_cents is None else voucher_cents
    each = [paper.activities if activities is None else activities] * len(here)
    budgets = what_if.per_municipality(paper.vouchers_cents, dict.fromkeys(here, 1))
    given = what_if.vouchers(budgets, dict.fromkeys(here, amount))
    parts = what_if.per_municipality(paper.grants_cents, {code: town.inhabitants for code, town in towns.items()})
    return Alternatives(
        paper=paper,
        windows=what_if.windows(paper.ceiling_cents, paper.amount_cents, paper.parts, carry=False),
        carried=what_if.windows(paper.ceiling_cents, paper.amount_cents, paper.parts, carry=True),
        vouchers={here[code]: window for code, window in given.items()},
        municipalities={towns[code]: cents for code, cents in sorted(parts.items(), key=lambda part: -part[1])},
        report=what_if.burden(paper.spuk, each),
        block_grant=what_if.burden(paper.block_grant, each),
    )
