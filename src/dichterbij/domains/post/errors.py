"""What a transport says when a letter did not leave, or may have."""

from dichterbij.shared.errors import DichterbijError, UnavailableError


class UnreachableError(UnavailableError):
    """Nothing was sent: whoever carries the letters takes no connection. Others by the same way need not be tried."""

    code = "post_unreachable"


class RefusedError(UnavailableError):
    """Whoever carries the letters said no to this one, for good: no such mailbox, or nothing that can be sent."""

    code = "post_refused"


class UnsureError(DichterbijError):
    """The letter was given away, and no answer came: nobody knows whether it left. Never sent again by itself."""

    code = "post_unsure"
