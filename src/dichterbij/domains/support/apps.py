from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "dichterbij.domains.support"
    label = "support"
