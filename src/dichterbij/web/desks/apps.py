from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "dichterbij.web.desks"
    label = "web_desks"
