"""Placing an opening, and who is within reach of it."""

from django.urls import URLPattern

app_name = "placing"
urlpatterns: list[URLPattern] = []
