"""The menukaart, support for me, and income."""

from django.urls import URLPattern

app_name = "support"
urlpatterns: list[URLPattern] = []
