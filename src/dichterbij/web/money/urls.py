"""Money: at a glance, per region, and as a table."""

from django.urls import path

from dichterbij.web.money.views import overview

app_name = "money"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("geld.csv", overview.table, name="table"),
    path("regio/<str:code>/", overview.region, name="region"),
]
