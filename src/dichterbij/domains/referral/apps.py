from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "dichterbij.domains.referral"
    label = "referral"

    def ready(self) -> None:
        """Whoever is forgotten is waited for by nobody."""
        from dichterbij.domains.people.actions import when_forgotten
        from dichterbij.domains.referral.actions.forgetting import forget_handovers

        when_forgotten(forget_handovers)
