"""The four routes and who to call."""

from django.urls import path

from dichterbij.web.routes import pilot, views

app_name = "routes"
urlpatterns = [
    path("", views.all_routes, name="all"),
    path("open-hiring/proef/", pilot.pilot, name="pilot"),
    path("open-hiring/proef/gegevens.csv", pilot.records, name="pilot-records"),
    path("<slug:slug>/", views.route, name="route"),
]
