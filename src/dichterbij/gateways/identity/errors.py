"""What can go wrong with a provider."""

from dichterbij.shared.errors import DichterbijError


class RefusedError(DichterbijError):
    """What the provider answered is not accepted. `reason` is one word for the journal: nonce, audience, level ..."""

    code = "refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, reason=reason)
        self.reason = reason
