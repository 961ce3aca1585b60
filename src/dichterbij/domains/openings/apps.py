from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "dichterbij.domains.openings"
    label = "openings"
