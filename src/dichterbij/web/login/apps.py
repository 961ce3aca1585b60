from django.apps import AppConfig


class LoginConfig(AppConfig):
    name = "dichterbij.web.login"
    label = "web_login"
