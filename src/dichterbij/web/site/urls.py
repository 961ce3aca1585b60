"""Home and the pages about the site itself."""

from django.urls import path

from dichterbij.web.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("bronnen/", views.sources, name="sources"),
    path("rekenregels/", views.rules, name="rules"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
