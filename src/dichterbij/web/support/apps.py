from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "dichterbij.web.support"
    label = "web_support"
