from django.apps import AppConfig


class PlacingConfig(AppConfig):
    name = "dichterbij.web.placing"
    label = "web_placing"
