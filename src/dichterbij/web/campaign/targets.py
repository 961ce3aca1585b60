"""Where a campaign link sends on to."""

from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse

from dichterbij.domains.outreach.queries import ItemRow
from dichterbij.domains.outreach.rules import Target


@dataclass(frozen=True)
class _Page:
    """A page by its name, with fixed arguments; `region` adds the item's region to them."""

    name: str
    args: tuple[str, ...] = field(default=())
    region: bool = False


_PAGES = {
    Target.HOME: _Page("site:home"),
    Target.WORK: _Page("doors:work"),
    Target.PEOPLE: _Page("doors:people"),
    Target.HELP: _Page("doors:help"),
    Target.NEAR: _Page("near:start"),
    Target.PLACE: _Page("placing:place"),
    Target.REGION: _Page("regions:region", region=True),
    Target.DESKS: _Page("desks:all", region=True),
    Target.SUPPORT: _Page("support:catalogue"),
    Target.LEARN_WORK: _Page("routes:route", (Target.LEARN_WORK.value,)),
    Target.JOBCARVING: _Page("routes:route", (Target.JOBCARVING.value,)),
    Target.OPEN_HIRING: _Page("routes:route", (Target.OPEN_HIRING.value,)),
    Target.ENCOUNTERS: _Page("routes:route", (Target.ENCOUNTERS.value,)),
}


def address_of(item: ItemRow) -> str:
    """The address the item's link leads to, in the active language; home when that page is not on this site."""
    page = _PAGES[item.target]
    try:
        return reverse(page.name, args=[*page.args, *([item.region_code] if page.region else [])])
    except NoReverseMatch:
        return reverse("site:home")
