"""Schemes: all of them, one, what one would get, and the files."""

from django.urls import path

from dichterbij.web.schemes.views import calculator, catalogue, data

app_name = "schemes"
urlpatterns = [
    path("", catalogue.catalogue, name="all"),
    path("regelingen.csv", data.table, name="table"),
    path("regelingen.json", data.index, name="index"),
    path("<slug:slug>/", catalogue.scheme, name="scheme"),
    path("<slug:slug>/berekenen/", calculator.calculator, name="calculator"),
    path("<slug:slug>/<str:day>.yaml", data.version, name="version"),
]
