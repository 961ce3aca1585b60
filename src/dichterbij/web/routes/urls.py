"""The four routes and who to call."""

from django.urls import URLPattern

app_name = "routes"
urlpatterns: list[URLPattern] = []
