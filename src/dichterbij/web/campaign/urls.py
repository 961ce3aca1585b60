"""What campaign links brought."""

from django.urls import path

from dichterbij.web.campaign.views import figures

app_name = "campaign"
urlpatterns = [
    path("", figures.page, name="figures"),
    path("campagne.csv", figures.as_csv, name="csv"),
]
