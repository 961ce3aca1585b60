"""What can go wrong with areas."""

from dichterbij.shared.errors import NotFoundError, UnavailableError


class PostcodeNotFoundError(NotFoundError):
    """These four digits are no postcode we know: mistyped, of post-office boxes only, or newer than the data."""

    code = "postcode_not_found"


class AreaNotFoundError(NotFoundError):
    """No region or municipality has this code."""

    code = "area_not_found"


class NoReferenceDataError(UnavailableError):
    """The tables are empty."""

    code = "no_reference_data"

    def __init__(self) -> None:
        super().__init__("There are no postcodes and regions yet: run `dichterbij load-reference` first.")
