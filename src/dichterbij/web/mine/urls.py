"""The same pages behind two doors: a citizen's account (`own`), and a secret link (`mine`, for whoever has it)."""

from django.urls import URLPattern, include, path

from dichterbij.web.mine.views import asking, changes, handovers, leaving, page


def _pages(door: str) -> list[URLPattern]:
    return [
        path(f"{door}/", page.page, name="page"),
        path(f"{door}/meenemen/", page.sheet, name="sheet"),
        path(f"{door}/meenemen.json", page.as_json, name="json"),
        path(f"{door}/verbeteren/", changes.correct, name="correct"),
        path(f"{door}/werk-wissen/", changes.remove_profile, name="remove-profile"),
        path(f"{door}/intrekken/", changes.withdraw, name="withdraw"),
        path(f"{door}/nieuwe-link/", changes.new_link, name="new-link"),
        path(f"{door}/bij-mijn-account/", changes.tie, name="tie"),
        path(f"{door}/los-van-account/", changes.untie, name="untie"),
        path(f"{door}/vergeten/", leaving.forget, name="forget"),
        path(f"{door}/vraag/<uuid:handover>/", handovers.one, name="handover"),
        path(f"{door}/vraag/<uuid:handover>/stoppen/", handovers.stop, name="stop"),
    ]


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
