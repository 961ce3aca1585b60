"""The three doors and the journey of a helper."""

from django.urls import URLPattern

app_name = "doors"
urlpatterns: list[URLPattern] = []
