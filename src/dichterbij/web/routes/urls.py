"""The four routes and who to call."""

from django.urls import path

from dichterbij.web.routes import views

app_name = "routes"
urlpatterns = [
    path("", views.all_routes, name="all"),
    path("<slug:slug>/", views.route, name="route"),
]
