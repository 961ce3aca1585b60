"""The three doors and the journey of a helper."""

from django.urls import path

from dichterbij.web.doors import views

app_name = "doors"
urlpatterns = [
    path("werk/", views.work, name="work"),
    path("mensen/", views.people, name="people"),
    path("helpen/", views.helping, name="help"),
    path("helpen/poster/", views.poster, name="poster"),
]
