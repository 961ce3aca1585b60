from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "dichterbij.domains.schemes"
    label = "schemes"
