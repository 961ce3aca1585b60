"""What can go wrong in the network."""

from dichterbij.shared.errors import DichterbijError, InputError


class EmployerThereError(InputError):
    """This employer is in the register; `employer` and `name` say which."""

    code = "employer_there"


class NearNameError(InputError):
    """Employers with nearly the same name are there; `near` holds (id, name). Say that it is another one, or use it."""

    code = "employer_near_name"


class ApproachedError(DichterbijError):
    """Somebody approaches this employer already; `party` and `since` say who and since when."""

    code = "employer_approached"


class ChangedError(DichterbijError):
    """Somebody else changed it since the page was opened."""

    code = "network_changed"


class NothingToUndoError(DichterbijError):
    """There is no change of status to take back, or it was taken back already."""

    code = "network_nothing_to_undo"


class ThereError(InputError):
    """That is there already: a site, a contact person."""

    code = "network_there"


class SentError(DichterbijError):
    """This mailing has left: it is not changed or taken back any more."""

    code = "mailing_sent"
