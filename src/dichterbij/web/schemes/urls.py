"""Schemes: all of them, one, what one would get, asking for it, and the files."""

from django.urls import path

from dichterbij.web.schemes.views import apply, calculator, catalogue, data, program

app_name = "schemes"
urlpatterns = [
    path("", catalogue.catalogue, name="all"),
    path("regelingen.csv", data.table, name="table"),
    path("regelingen.json", data.index, name="index"),
    path("aanvraag/<uuid:key>/", apply.application, name="application"),
    path("<slug:slug>/", catalogue.scheme, name="scheme"),
    path("<slug:slug>/berekenen/", calculator.calculator, name="calculator"),
    path("<slug:slug>/aanvragen/", apply.apply, name="apply"),
    path("<slug:slug>/aanvragen.json", program.receive, name="receive"),
    path("<slug:slug>/<str:day>.yaml", data.version, name="version"),
]
