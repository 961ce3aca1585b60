"""Money: at a glance, per region, and as a table."""

from django.urls import path

from dichterbij.web.money.views import overview, partners, what_if

app_name = "money"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("geld.csv", overview.table, name="table"),
    path("wat-als/", what_if.what_if, name="what-if"),
    path("wat-als.csv", what_if.municipalities, name="what-if-table"),
    path("landelijk/", partners.national, name="national"),
    path("regio/<str:code>/", overview.region, name="region"),
]
