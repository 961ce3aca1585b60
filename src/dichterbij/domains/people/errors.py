"""What can go wrong with people's data."""

from dichterbij.shared.errors import DichterbijError, InputError


class ContactError(InputError):
    """This is no e-mail address, phone number or postal address. `kind` says which was expected."""

    code = "contact"


class NoContactError(InputError):
    """There is no way to reach this person."""

    code = "no_contact"


class ConsentNeededError(InputError):
    """An organisation without a public task of its own needs the person's consent."""

    code = "consent_needed"


class AskedTooOftenError(DichterbijError):
    """An organisation asked more often today than a working day needs."""

    code = "asked_too_often"
