"""A payment file: ISO 20022 pain.001.001.09, as the SEPA credit transfer scheme uses it."""

from datetime import UTC
from xml.etree import ElementTree as ET  # nosec B405

from dichterbij.domains.schemes.rules.procedure.payments import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Order,
    Payment,
    bank_words,
    check_account,
    check_order,
    euros,
)

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


def write_order(order: Order) -> bytes:
    """The file, in UTF-8; the same order gives the same bytes. InputError for what no bank takes."""
    check_order(order)
    root = ET.Element("Document", {"xmlns": NAMESPACE})
    start = ET.SubElement(root, "CstmrCdtTrfInitn")
    _header(ET.SubElement(start, "GrpHdr"), order)
    _instruction(ET.SubElement(start, "PmtInf"), order)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(ET.tostring(root)) + b"\n"


def _header(head: ET.Element, order: Order) -> None:
    _put(head, "MsgId", order.message_id)
    _put(head, "CreDtTm", f"{order.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z")
    _counts(head, order)
    _put(head, "InitgPty/Nm", bank_words(order.payer.name, LONGEST_NAME))


def _instruction(part: ET.Element, order: Order) -> None:
    _put(part, "PmtInfId", order.message_id)
    _put(part, "PmtMtd", "TRF")
    _put(part, "BtchBookg", "false")
    _counts(part, order)
    _put(part, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _put(part, "ReqdExctnDt/Dt", order.execute_on.isoformat())
    _put(part, "Dbtr/Nm", bank_words(order.payer.name, LONGEST_NAME))
    _put(part, "DbtrAcct/Id/IBAN", check_account(order.payer.account))
    agent = "DbtrAgt/FinInstnId/BICFI" if order.payer.bic else "DbtrAgt/FinInstnId/Othr/Id"
    _put(part, agent, order.payer.bic or "NOTPROVIDED")
    _put(part, "ChrgBr", "SLEV")
    for payment in order.payments:
        _transfer(ET.SubElement(part, "CdtTrfTxInf"), payment)


def _transfer(line: ET.Element, payment: Payment) -> None:
    _put(line, "PmtId/EndToEndId", payment.end_to_end)
    _put(line, "Amt/InstdAmt", euros(payment.cents)).set("Ccy", "EUR")
    _put(line, "Cdtr/Nm", bank_words(payment.name, LONGEST_NAME))
    _put(line, "CdtrAcct/Id/IBAN", check_account(payment.account))
    _put(line, "RmtInf/Ustrd", bank_words(payment.words, LONGEST_WORDS))


def _counts(part: ET.Element, order: Order) -> None:
    _put(part, "NbOfTxs", str(len(order.payments)))
    _put(part, "CtrlSum", euros(order.cents))


def _put(parent: ET.Element, path: str, text: str) -> ET.Element:
    """A value some steps down, making each step."""
    for tag in path.split("/"):
        parent = ET.SubElement(parent, tag)
    parent.text = text
    return parent
