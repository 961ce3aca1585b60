"""What can go wrong with a hand-over."""

from dichterbij.shared.errors import DichterbijError, InputError, UnavailableError


class NotPossibleError(DichterbijError):
    """This cannot be done with the hand-over as it now is; the text says what can."""

    code = "hand_over_not_possible"


class UnseenError(NotPossibleError):
    """This organisation may not see the person, so it cannot help them: it can send them on."""

    code = "hand_over_unseen"


class CameBackError(NotPossibleError):
    """The desk that was chosen returned it already."""

    code = "hand_over_came_back"


class ThereAlreadyError(NotPossibleError):
    """This person is open with that organisation already. `fields`: handover (its number), reference and holder."""

    code = "hand_over_there_already"


class HolderGoneError(NotPossibleError):
    """A division cannot be taken back: whoever had the work left the desk."""

    code = "hand_over_holder_gone"


class ChangedError(NotPossibleError):
    """Somebody else did something with it since the page was opened."""

    code = "hand_over_changed"


class GoneOnError(ChangedError):
    """A colleague sent it on since: it is no longer theirs to see. `fields`: its reference, and who has it now."""

    code = "hand_over_gone_on"


class OnwardNeededError(InputError):
    """Somebody who does not fit here goes on to somewhere else, always."""

    code = "hand_over_onward_needed"


class NobodyToReceiveError(UnavailableError):
    """No organisation here can receive it: the person can still call a desk."""

    code = "hand_over_nobody"
