"""What can go wrong with accounts."""

from dichterbij.shared.errors import DichterbijError


class NotAllowedError(DichterbijError):
    """This role may not do that; the page says who may."""

    code = "not_allowed"
