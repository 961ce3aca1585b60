from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "dichterbij.domains.people"
    label = "people"
