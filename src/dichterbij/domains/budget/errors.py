"""What the ledger says no to."""

from dichterbij.domains.budget.rules import Account, euros
from dichterbij.shared.errors import DichterbijError


class LedgerError(DichterbijError):
    """The ledger does not take this posting; nothing of it was written."""

    code = "ledger"


class InsufficientError(LedgerError):
    """There is less in the account than is asked of it."""

    code = "ledger_insufficient"

    def __init__(self, account: Account, balance: int, asked: int) -> None:
        super().__init__(
            f"{account.short} holds {euros(balance)} euros, and {euros(asked)} are asked of it. Nothing was moved.",
            account=account.name, balance=balance, asked=asked,
        )  # fmt: skip
        self.account, self.balance, self.asked = account, balance, asked


class DifferentError(LedgerError):
    """This id was used before, for something else."""

    code = "ledger_different"


class MoveError(LedgerError):
    """Money does not go from the one account to the other: no such move, or it has another purpose."""

    code = "ledger_move"


class ApprovalError(LedgerError):
    """Somebody else must approve this first."""

    code = "ledger_approval"


class CorrectionError(LedgerError):
    """A correction must name a transfer, take back no more than it moved, and go exactly the other way."""

    code = "ledger_correction"


class TermError(LedgerError):
    """The reservation is not there, is settled already, or its term has passed."""

    code = "ledger_term"
