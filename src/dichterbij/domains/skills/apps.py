from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "dichterbij.domains.skills"
    label = "skills"
