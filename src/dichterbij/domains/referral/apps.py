from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "dichterbij.domains.referral"
    label = "referral"

    def ready(self) -> None:
        """Whoever is forgotten, or takes a consent back, is waited for by nobody who may not see them."""
        from dichterbij.domains.people.actions import when_forgotten, when_withdrawn
        from dichterbij.domains.referral.actions.consent import end_handovers
        from dichterbij.domains.referral.actions.forgetting import forget_handovers

        when_forgotten(forget_handovers)
        when_withdrawn(end_handovers)
