from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "dichterbij.domains.network"
    label = "network"

    def ready(self) -> None:
        """An employer that reports sites in several regions is the national team's lead, as long as its message."""
        from dichterbij.domains.network.actions import leads
        from dichterbij.domains.openings.actions import hooks as messages

        messages.when_spread(leads.take_up_lead)
        messages.when_sender_goes(leads.end_lead)
        messages.keep_while(leads.open_leads)
