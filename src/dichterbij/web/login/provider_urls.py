"""Where providers send people back to: one address each, the same in every language."""

from django.urls import path

from dichterbij.web.login.views import provider

app_name = "provider"
urlpatterns = [
    path("<slug:key>/terug/", provider.back, name="back"),
    path("<slug:key>/uit/", provider.left, name="left"),
]
