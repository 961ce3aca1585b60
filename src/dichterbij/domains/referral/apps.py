from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "dichterbij.domains.referral"
    label = "referral"
