from django.apps import AppConfig


class ManageConfig(AppConfig):
    name = "dichterbij.web.manage"
    label = "web_manage"
