from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "dichterbij.domains.routes"
    label = "routes"
