from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "dichterbij.web.handover"
    label = "web_handover"
