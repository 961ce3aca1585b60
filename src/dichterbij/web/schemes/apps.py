"""The app of the pages of schemes."""

from django.apps import AppConfig


class SchemesWebConfig(AppConfig):
    """Its label differs from that of the domain."""

    name = "dichterbij.web.schemes"
    label = "web_schemes"
