"""The error tree. Texts say what is wrong and what to do; shells map a code to a status, a page or an exit code."""


class DichterbijError(Exception):
    """Base of every error a user may see. `code` is stable, for machines; the text is for people."""

    code = "error"

    def __init__(self, message: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields


class InputError(DichterbijError):
    """What was given cannot be used as it is; the text says what was expected."""

    code = "input"


class NotFoundError(DichterbijError):
    """There is no such thing, or it is not yours: the same answer."""

    code = "not_found"


class UnavailableError(DichterbijError):
    """Something needed does not answer now (database, network); trying later may work."""

    code = "unavailable"
