"""The permission table is whole: every page of the site has an entry, and every entry a page."""

from django.utils import timezone

from dichterbij.domains.accounts.rules import Permissions, Role, read_permissions
from support.routes import routes


def table() -> Permissions:
    return read_permissions(timezone.localdate())


def test_every_page_has_a_name() -> None:
    assert [route.name for route in routes() if not route.name or route.name.endswith(":")] == []


def test_every_page_has_an_entry_in_the_permission_table() -> None:
    names = {route.name for route in routes()}
    listed = set(table().pages)
    assert {name for name in names if not {name, f"{name.partition(':')[0]}:*"} & listed} == set()


def test_every_entry_of_the_permission_table_is_of_a_page_that_is_there() -> None:
    names = {route.name for route in routes()}
    pages = table().pages
    rest = {name.partition(":")[0] + ":*" for name in names - set(pages)}
    assert set(pages) - names - rest == set(), "no such page, or every page of the area is named itself"


def test_what_a_page_asks_is_granted_to_somebody() -> None:
    granted = {(grant.purpose, grant.data) for grant in table().grants}
    assert {name: asked for name, asked in table().pages.items() if asked and asked not in granted} == {}


def test_every_role_can_sign_in_and_out() -> None:
    assert [role for role in Role if table().reach(role, "sign_in", "session") is None] == []


def test_persons_are_never_granted_further_than_the_organisation_or_oneself() -> None:
    wide = [grant for grant in table().grants if grant.data == "person" and grant.reach not in ("organisation", "own")]
    assert wide == []


def test_pages_for_everybody_are_these_areas_only() -> None:
    """A new area for everybody is a decision: whoever adds one reads this list again."""
    areas = {name.partition(":")[0] for name, asked in table().pages.items() if asked is None}
    assert areas <= {
        "health", "advice", "api", "campaign", "campaign_links", "desks", "doors", "handover", "handover_links",
        "login", "mine", "money", "national", "near", "placing", "provider", "regions", "routes",
        "schemes", "site", "support",
    }  # fmt: skip
