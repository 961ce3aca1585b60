from django.apps import AppConfig


class ReferralPagesConfig(AppConfig):
    name = "dichterbij.web.referral"
    label = "web_referral"
