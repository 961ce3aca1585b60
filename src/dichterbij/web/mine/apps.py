from django.apps import AppConfig


class MineConfig(AppConfig):
    name = "dichterbij.web.mine"
    label = "web_mine"

    def ready(self) -> None:
        """Whether texts can be sent is read now: a mistake of the operator is told at the start, not to a visitor."""
        from dichterbij.gateways.sms import can_text

        can_text()
