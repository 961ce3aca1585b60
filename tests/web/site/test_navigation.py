"""Where a visitor is and can go from every page."""

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from dichterbij.web.site import navigation


def trail_of(path: str) -> list[str]:
    request = RequestFactory().get(path)
    with override("nl"):
        request.resolver_match = resolve(path)
        return [link.label for link in navigation.trail(request)]


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/nl/", []),
        ("/nl/privacy/", ["Home"]),
        ("/nl/werk/", ["Home"]),
        ("/nl/helpen/poster/", ["Home", "Ik help iemand"]),
        ("/nl/dichtbij/", ["Home", "Ik zoek werk"]),
        ("/nl/dichtbij/lijst/", ["Home", "Ik zoek werk", "Wat is dichtbij?"]),
        ("/nl/loket/AM05/", ["Home", "Vind je loket"]),
        ("/nl/routes/open-hiring/", ["Home", "Vier routes naar werk"]),
    ],
)
def test_a_deeper_page_shows_the_way_back(path: str, above: list[str]) -> None:
    assert trail_of(path) == above


def test_the_menu_marks_the_page_and_the_part_a_visitor_is_in() -> None:
    request = RequestFactory().get("/nl/dichtbij/lijst/")
    with override("nl"):
        request.resolver_match = resolve(request.path)
        assert [link.current for link in navigation.links(navigation.DOORS, request)] == ["true", "", ""]
        here = RequestFactory().get("/nl/helpen/")
        here.resolver_match = resolve(here.path)
        assert [link.current for link in navigation.links(navigation.DOORS, here)] == ["", "", "page"]


def test_a_page_this_site_does_not_have_is_left_out() -> None:
    assert navigation.address("nobody:home") == ""
    assert navigation.links(("site:home", "nobody:home")[:1])


def test_every_page_of_the_menus_has_a_name() -> None:
    named = {
        *navigation.DOORS,
        *navigation.MORE,
        *navigation.ABOUT,
        *(name for head, names in navigation.FOOTER for name in (head, *names)),
        *(name for names in navigation.ABOVE.values() for name in names),
    }
    assert named <= set(navigation.LABELS)
