from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "dichterbij.web.doors"
    label = "web_doors"
