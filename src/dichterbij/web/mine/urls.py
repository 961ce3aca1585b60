"""The same pages behind two doors: a citizen's account (`own`), and a secret link (`mine`, for whoever has it)."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, include, path

from dichterbij.web.mine.views import asking, changes, handovers, leaving, page
from dichterbij.web.mine.views.shared import gone_is_not_there


def _pages(door: str) -> list[URLPattern]:
    views: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
        "page": ("", page.page),
        "sheet": ("meenemen/", page.sheet),
        "json": ("meenemen.json", page.as_json),
        "correct": ("verbeteren/", changes.correct),
        "remove-profile": ("werk-wissen/", changes.remove_profile),
        "withdraw": ("intrekken/", changes.withdraw),
        "new-link": ("nieuwe-link/", changes.new_link),
        "tie": ("bij-mijn-account/", changes.tie),
        "untie": ("los-van-account/", changes.untie),
        "forget": ("vergeten/", leaving.forget),
        "handover": ("vraag/<uuid:handover>/", handovers.one),
        "stop": ("vraag/<uuid:handover>/stoppen/", handovers.stop),
    }
    return [path(f"{door}/{rest}", gone_is_not_there(view), name=name) for name, (rest, view) in views.items()]


# For everybody, and before the secrets, whose place they would take.
_open = [
    path("", asking.start, name="start"),
    path("gevraagd/", asking.asked, name="asked"),
    path("vergeten/", leaving.forgotten, name="forgotten"),
]
urlpatterns = [
    path("", include((_pages("ik/<uuid:person>"), "own"))),
    path("", include(([*_open, *_pages("<str:token>")], "mine"))),
]
