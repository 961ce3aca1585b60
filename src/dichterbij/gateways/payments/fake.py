"""A bank that is not there: it answers a payment file as a real one does, for demos and tests."""

import hashlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET  # nosec B405

REPORT = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
STATEMENT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def report(order: bytes, refused: Mapping[str, str] = {}) -> bytes:
    """A status report on an order: every payment carried out, but for those refused with this code."""
    root = ET.Element("Document", {"xmlns": REPORT})
    start = ET.SubElement(root, "CstmrPmtStsRpt")
    ET.SubElement(ET.SubElement(start, "GrpHdr"), "MsgId").text = _id("R", order, refused)
    group = ET.SubElement(start, "OrgnlGrpInfAndSts")
    asked = ET.fromstring(order)  # nosec B314: our own file  # noqa: S314
    ET.SubElement(group, "OrgnlMsgId").text = asked.findtext(".//{*}GrpHdr/{*}MsgId")
    ET.SubElement(group, "OrgnlMsgNmId").text = "pain.001.001.09"
    ET.SubElement(group, "GrpSts").text = "PART" if refused else "ACSC"
    part = ET.SubElement(start, "OrgnlPmtInfAndSts")
    for one in asked.iterfind(".//{*}EndToEndId"):
        line = ET.SubElement(part, "TxInfAndSts")
        ET.SubElement(line, "OrgnlEndToEndId").text = one.text
        code = refused.get(one.text or "")
        ET.SubElement(line, "TxSts").text = "RJCT" if code else "ACSC"
        if code:
            ET.SubElement(ET.SubElement(ET.SubElement(line, "StsRsnInf"), "Rsn"), "Cd").text = code
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def statement(order: bytes, returned: Mapping[str, str] = {}) -> bytes:
    """A statement of account: every payment booked, and those that came back with this code booked back."""
    root = ET.Element("Document", {"xmlns": STATEMENT})
    start = ET.SubElement(root, "BkToCstmrStmt")
    ET.SubElement(ET.SubElement(start, "GrpHdr"), "MsgId").text = _id("S", order, returned)
    part = ET.SubElement(start, "Stmt")
    asked = ET.fromstring(order)  # nosec B314: our own file  # noqa: S314
    for one in asked.iterfind(".//{*}CdtTrfTxInf"):
        name = one.findtext("{*}PmtId/{*}EndToEndId") or ""
        amount = one.findtext("{*}Amt/{*}InstdAmt") or ""
        _entry(part, name, amount, "DBIT", "")
        if name in returned:
            _entry(part, name, amount, "CRDT", returned[name])
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(part: ET.Element, name: str, amount: str, way: str, code: str) -> None:
    entry = ET.SubElement(part, "Ntry")
    ET.SubElement(entry, "Amt", {"Ccy": "EUR"}).text = amount
    ET.SubElement(entry, "CdtDbtInd").text = way
    ET.SubElement(ET.SubElement(entry, "Sts"), "Cd").text = "BOOK"
    line = ET.SubElement(ET.SubElement(entry, "NtryDtls"), "TxDtls")
    ET.SubElement(ET.SubElement(line, "Refs"), "EndToEndId").text = name
    ET.SubElement(line, "Amt", {"Ccy": "EUR"}).text = amount
    if code:
        ET.SubElement(ET.SubElement(ET.SubElement(line, "RtrInf"), "Rsn"), "Cd").text = code


def _id(kind: str, order: bytes, told: Mapping[str, str]) -> str:
    return kind + hashlib.sha256(order + repr(sorted(told.items())).encode()).hexdigest()[:30]
