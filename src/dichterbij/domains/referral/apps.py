from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "dichterbij.domains.referral"
    label = "referral"

    def ready(self) -> None:
        """Nobody waits for who is forgotten or took a consent back; the work of who leaves is not lost."""
        from dichterbij.domains.accounts.actions import when_leaving
        from dichterbij.domains.openings.actions import hooks as messages
        from dichterbij.domains.people.actions import when_forgotten, when_withdrawn
        from dichterbij.domains.referral.actions import employers
        from dichterbij.domains.referral.actions.caseload import hand_on
        from dichterbij.domains.referral.actions.consent import end_handovers
        from dichterbij.domains.referral.actions.forgetting import forget_handovers

        messages.when_placed(employers.hand_over_message)
        messages.when_sender_goes(employers.end_of_message)
        messages.keep_while(employers.open_messages)
        when_forgotten(forget_handovers)
        when_withdrawn(end_handovers)
        when_leaving(hand_on)
