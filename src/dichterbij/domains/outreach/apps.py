from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "dichterbij.domains.outreach"
    label = "outreach"
