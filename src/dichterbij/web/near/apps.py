from django.apps import AppConfig


class NearConfig(AppConfig):
    name = "dichterbij.web.near"
    label = "near"
