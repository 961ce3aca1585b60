"""What can go wrong with areas and desks."""

from dichterbij.shared.errors import InputError, NotFoundError, UnavailableError


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


class DeskChangedError(InputError):
    """Somebody else changed this desk in the meantime."""

    code = "desk_changed"

    def __init__(self) -> None:
        super().__init__("Somebody else changed this desk in the meantime. Look at it once more.")
