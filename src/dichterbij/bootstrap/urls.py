"""Every address of the site. Pages carry their language in front: /nl/... and /en/..."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from dichterbij.api import reaching
from dichterbij.web.schemes.confirming import confirming
from dichterbij.web.site import views as site

reaching.confirm_with(confirming)

handler400 = "dichterbij.web.site.views.bad_request"
handler403 = "dichterbij.web.site.views.permission_denied"
handler404 = "dichterbij.web.site.views.not_found"
handler500 = "dichterbij.web.site.views.server_error"

urlpatterns = [
    path("healthz", site.health, name="health"),
    path("api/v1/", include("dichterbij.api.urls")),
    path("c/", include("dichterbij.web.campaign.links")),
    path("v/", include("dichterbij.web.handover.links")),
    path("oidc/", include("dichterbij.web.login.provider_urls")),
    *i18n_patterns(
        path("dichtbij/", include("dichterbij.web.near.urls")),
        path("loket/", include("dichterbij.web.desks.urls")),
        path("routes/", include("dichterbij.web.routes.urls")),
        path("ondersteuning/", include("dichterbij.web.support.urls")),
        path("geld/", include("dichterbij.web.money.urls")),
        path("regelingen/", include("dichterbij.web.schemes.urls")),
        path("regio/", include("dichterbij.web.regions.urls")),
        path("mensen/", include("dichterbij.web.advice.urls")),
        path("mensen/", include("dichterbij.web.placing.urls")),
        path("campagne/", include("dichterbij.web.campaign.urls")),
        path("beheer/", include("dichterbij.web.manage.urls")),
        path("inloggen/", include("dichterbij.web.login.urls")),
        path("vandaag/", include("dichterbij.web.referral.urls")),
        path("", include("dichterbij.web.handover.urls")),
        path("mijn/", include("dichterbij.web.mine.urls")),
        path("landelijk/", include("dichterbij.web.national.urls")),
        path("", include("dichterbij.web.doors.urls")),
        path("", include("dichterbij.web.site.urls")),
    ),
]
