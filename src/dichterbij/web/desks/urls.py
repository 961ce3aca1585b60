"""The questions (POST) and the answer, which may be kept: region, who and topic say nothing about a person."""

from django.urls import path

from dichterbij.web.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.start, name="start"),
    path("regios/", views.start, name="regions"),
]
