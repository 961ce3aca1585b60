"""The links on posters and in adverts, short and without a language: the browser's is taken."""

from django.urls import path

from dichterbij.web.campaign.views import links

app_name = "campaign_links"
urlpatterns = [
    path("", links.home, name="home"),
    path("contact/gekozen/", links.contact, name="contact"),
    path("<str:code>/", links.go, name="go"),
]
