from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "dichterbij.web.regions"
    label = "web_regions"
