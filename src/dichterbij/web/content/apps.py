from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "dichterbij.web.content"
    label = "web_content"
