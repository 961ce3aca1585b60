"""The list of all regions: what was searched, the order, and a row for each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.openings.queries.per_region import NOTHING, supply_per_region
from dichterbij.domains.regions.queries import areas, figures
from dichterbij.domains.regions.queries.areas import RegionRow
from dichterbij.web.desks import places
from dichterbij.web.desks.places import Located
from dichterbij.web.regions import words
from dichterbij.web.regions.bars import count

# The code in the address -> what it is called; the first is the order without a choice.
ORDERS: dict[str, str | Promise] = {
    "naam": _("name"),
    "inwoners": _("inhabitants"),
    "vacatures": _("vacancies"),
}


@dataclass(frozen=True)
class Row:
    """A region in the list; numbers as text, `tension` empty when not known."""

    code: str
    name: str
    centre: str
    municipalities: int
    inhabitants: str
    openings: str
    tension: str


def rows(order: str) -> tuple[Row, ...]:
    """Every region of today in this order."""
    supply = supply_per_region()

    def place(row: RegionRow) -> tuple[int, str]:
        number = {"inwoners": row.inhabitants, "vacatures": supply.get(row.code, NOTHING).openings}.get(order, 0)
        return -number, row.name.casefold()

    return tuple(_row(row, supply.get(row.code, NOTHING).openings) for row in sorted(areas.regions(), key=place))


def _row(row: RegionRow, openings: int) -> Row:
    told = figures.tension(row.code)
    return Row(
        code=row.code,
        name=row.name,
        centre=row.centre_name or "",
        municipalities=row.municipalities,
        inhabitants=count(row.inhabitants),
        openings=count(openings),
        tension=str(words.TENSION[told]) if told else "",
    )


def find(text: str) -> Located:
    """The region that is meant by its name, or by a postcode, place or municipality in it."""
    if len(text) > places.LONGEST:
        return places.locate(text)
    asked = " ".join(text.split()).casefold()
    named = [row.code for row in areas.regions() if asked in (row.name.casefold(), row.code.casefold())]
    return Located(named[0]) if named else places.locate(text)
