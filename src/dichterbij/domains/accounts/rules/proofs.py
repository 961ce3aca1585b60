"""What a provider says about somebody, once its answer was accepted."""

from dataclasses import dataclass

from dichterbij.domains.accounts.rules.roles import Door


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody at a provider. `subject` means something there only.

    `is_email_proved`: the provider vouches for the address, and is trusted to. `is_sure`: it said how sure it is, and
    that was enough; otherwise staff show our own second factor. `kvk`: for which undertaking this person acts; empty
    when the provider does not say so, or not surely enough.
    """

    issuer: str
    subject: str
    door: Door
    email: str
    is_email_proved: bool
    name: str
    is_sure: bool
    kvk: str = ""
