from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "dichterbij.domains.budget"
    label = "budget"
