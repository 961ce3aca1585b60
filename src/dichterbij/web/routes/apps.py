from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "dichterbij.web.routes"
    label = "web_routes"
