from django.apps import AppConfig


class MineConfig(AppConfig):
    name = "dichterbij.web.mine"
    label = "web_mine"
