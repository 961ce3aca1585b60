"""What can go wrong with campaign items."""

from dichterbij.shared.errors import InputError, NotFoundError


class CodeTakenError(InputError):
    """Another item has this code already."""

    code = "campaign_code_taken"


class ItemNotFoundError(NotFoundError):
    """No item has this code."""

    code = "campaign_item_not_found"
