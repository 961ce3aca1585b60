"""The provider's pages, and a way to be somebody there without a password."""

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def come_in(request: HttpRequest, name: str) -> HttpResponse:
    """Signed in at the provider, as one of its users."""
    login(request, get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


urlpatterns = [
    path("healthz", lambda request: HttpResponse("ok")),
    path("in/<str:name>/", come_in),
    path("who/", lambda request: HttpResponse(request.user.get_username())),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
