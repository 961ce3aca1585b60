from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "dichterbij.web.advice"
    label = "web_advice"
