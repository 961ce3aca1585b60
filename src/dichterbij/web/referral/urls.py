"""The pages of desks that hand people over to each other."""

from django.urls import path, register_converter

from dichterbij.domains.referral.queries import Tab
from dichterbij.web.referral.tabs import TABS, word_of
from dichterbij.web.referral.views import agreement, caseloads, figures, leaving, listing, moving, one, places


class TabConverter:
    """A part of the work list by its Dutch word."""

    regex = "|".join(TABS)

    def to_python(self, value: str) -> Tab:
        return TABS[value]

    def to_url(self, value: Tab) -> str:
        return word_of(value)


register_converter(TabConverter, "work_tab")

app_name = "referral"
urlpatterns = [
    path("", listing.first, name="today"),
    path("casusoverleg/", listing.meeting, name="meeting"),
    path("cijfers/", figures.figures, name="figures"),
    path("vindplaatsen/", places.places, name="places"),
    path("vindplaatsen/<str:code>/poster/", places.poster, name="place-poster"),
    path("afspraken/", agreement.agreement, name="agreement"),
    path("verdelen/", caseloads.caseloads, name="caseloads"),
    path("<work_tab:tab>/", listing.listing, name="tab"),
    path("<work_tab:tab>/bestand.csv", listing.as_csv, name="csv"),
    path("overdracht/<uuid:handover>/", one.one, name="one"),
    path("overdracht/<uuid:handover>/school/", leaving.say, name="leaving"),
    path("overdracht/<uuid:handover>/doen/", moving.move, name="move"),
    path("overdracht/<uuid:handover>/dichtbij/", one.near, name="near"),
]
