"""The menukaart, support for me, and income."""

from django.urls import path

from dichterbij.web.support.views import catalogue

app_name = "support"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("menukaart.csv", catalogue.export, name="export"),
]
