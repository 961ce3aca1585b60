"""Handing over in two steps (region and topic say nothing about a person), and the page of the person."""

from django.urls import path

from dichterbij.web.desks import urls as _converters  # noqa: F401 - registers region and topic
from dichterbij.web.handover.views import again, give, own, person_link

app_name = "handover"
urlpatterns = [
    path("overdragen/", give.start, name="start"),
    path("overdragen/<region:region>/<topic:topic>/", give.give, name="give"),
    path("overdragen/zelf/<region:region>/<topic:topic>/", give.give, {"is_self": True}, name="give-self"),
    path("vandaag/overdracht/<uuid:handover>/link/", person_link.person_link, name="person-link"),
    path("vandaag/overdracht/<uuid:handover>/opnieuw/", again.again, name="again"),
    path("overdracht/<str:token>/", own.own, name="own"),
    path("overdracht/<str:token>/stoppen/", own.withdraw, name="withdraw"),
    path("overdracht/<str:token>/mijn-link/", own.key, name="key"),
    path("overdracht/<str:token>/verder/", own.onward, name="onward"),
    path("overdracht/<str:token>/verder/stoppen/", own.withdraw_onward, name="withdraw-onward"),
]
