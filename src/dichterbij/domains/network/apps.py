from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "dichterbij.domains.network"
    label = "network"
