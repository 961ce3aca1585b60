"""Route advice, the text checker and the page for a boss."""

from django.urls import URLPattern

app_name = "advice"
urlpatterns: list[URLPattern] = []
