"""What can go wrong between an application and its decision."""

from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError, UnavailableError


class OtherContentError(InputError):
    """This key was used before, for an application with other content. `fields`: number, of the one that is kept."""

    code = "schemes_other_content"


class NoRoundError(NotFoundError):
    """The scheme is not open and never was, or there is no such application."""

    code = "schemes_no_round"


class NotPossibleError(DichterbijError):
    """This cannot be done with the application or the round as it now is; the text says what can."""

    code = "schemes_not_possible"


class BusyError(UnavailableError):
    """Somebody else decides on this round now, or a receipt stays unfinished; trying again in a moment works."""

    code = "schemes_busy"


class FencedError(DichterbijError):
    """Another decider took over since this one began: nothing of this batch was written."""

    code = "schemes_fenced"
