from django.apps import AppConfig


class NationalConfig(AppConfig):
    name = "dichterbij.web.national"
    label = "web_national"
