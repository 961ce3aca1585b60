from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dichterbij.web.site"
    label = "web_site"
