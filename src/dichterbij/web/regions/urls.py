"""All regions, and a page each. A region's code says nothing about a person, so it may stand in the address."""

from django.urls import path

from dichterbij.web.regions import views

app_name = "regions"
urlpatterns = [
    path("", views.all_regions, name="all"),
    path("<slug:code>/", views.region, name="region"),
    path("<slug:code>/praatplaat/", views.sheet, name="sheet"),
    path("<slug:code>/praatplaat.pdf", views.sheet_pdf, name="sheet-pdf"),
    path("<slug:code>/cijfers.csv", views.figures_csv, name="csv"),
    path("<slug:code>/cijfers.json", views.figures_json, name="json"),
]
