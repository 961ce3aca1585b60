"""A payment file that was carried to the bank, read back: to compare after an old backup was put back."""

from uuid import UUID

from dichterbij.domains.schemes.rules.procedure.payments import SentOrder, SentPayment, cents_of
from dichterbij.gateways.payments.answers import parsed, text
from dichterbij.shared.errors import InputError


def read_order(content: bytes) -> SentOrder:
    """What `write_order` wrote. InputError for another file, or one of somebody else."""
    root = parsed(content)
    message = text(root, "{*}CstmrCdtTrfInitn/{*}GrpHdr/{*}MsgId")
    try:
        payments = tuple(
            SentPayment(
                UUID(hex=text(line, "{*}PmtId/{*}EndToEndId")),
                cents_of(text(line, "{*}Amt/{*}InstdAmt")),
                text(line, "{*}RmtInf/{*}Ustrd").partition(" ")[0],
            )
            for line in root.iterfind(".//{*}CdtTrfTxInf")
        )
    except ValueError as error:
        raise InputError("This is no payment file that was made here.", field="file") from error
    if not message or not payments:
        raise InputError("This is no payment file (pain.001).", field="file")
    return SentOrder(message, payments)
