from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "dichterbij.domains.matching"
    label = "matching"
