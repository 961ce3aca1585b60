from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "dichterbij.domains.regions"
    label = "regions"
