from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "dichterbij.web.campaign"
    label = "web_campaign"
