"""The app of the pages about money."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Nothing of its own is kept."""

    name = "dichterbij.web.money"
    label = "web_money"
