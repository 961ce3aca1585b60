"""The menukaart, support for me, and income."""

from django.urls import path

from dichterbij.web.support.views import catalogue, income, mine, training

app_name = "support"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("menukaart.csv", catalogue.export, name="export"),
    path("scholing/", training.training, name="training"),
    path("scholing/bestand.csv", training.as_csv, name="training-csv"),
    path("inkomen/", income.income, name="income"),
    path("voor-mij/", mine.mine, name="mine"),
    path("voor-mij/antwoord/", mine.result, name="mine-result"),
    path("voor-mij/wissen/", mine.wipe, name="mine-wipe"),
    path("voor-mij/<slug:slug>/", mine.question, name="mine-question"),
]
