from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "dichterbij.domains.post"
    label = "post"
