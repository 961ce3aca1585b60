from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dichterbij.domains.accounts"
    label = "accounts"
