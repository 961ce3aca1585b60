"""What can go wrong with accounts."""

from dichterbij.shared.errors import DichterbijError


class NotAllowedError(DichterbijError):
    """This role may not do that; the page says who may."""

    code = "not_allowed"


class LinkOverError(DichterbijError):
    """This link was used, is too old, was withdrawn or never was: the same answer."""

    code = "link_over"


class OtherKindError(DichterbijError):
    """This address has an account already, of somebody who signs in for themselves or as an employer."""

    code = "other_kind"


class TooOftenError(DichterbijError):
    """Asked more often in an hour, or tried more often in a row, than anybody needs."""

    code = "too_often"


class WrongCodeError(DichterbijError):
    """This is not the code of this moment, or it was used before."""

    code = "wrong_code"


class TakenError(DichterbijError):
    """That is there already: a name, an invitation, a role."""

    code = "taken"
