"""What campaign links brought."""

from django.urls import URLPattern

app_name = "campaign"
urlpatterns: list[URLPattern] = []
