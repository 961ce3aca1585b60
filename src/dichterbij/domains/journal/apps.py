from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dichterbij.domains.journal"
    label = "journal"
