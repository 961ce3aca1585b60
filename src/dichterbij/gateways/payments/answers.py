"""What a bank answers: pain.002 (a status report on an order) and camt.053 or camt.054 (what was booked)."""

import hashlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET  # nosec B405
from xml.parsers import expat

from dichterbij.domains.schemes.rules.procedure.payments import LONGEST_ID, Answer, AnswerLine, Result, cents_of
from dichterbij.shared.errors import InputError

LARGEST: Final = 50_000_000
STATUS: Final = {
    "ACSC": Result.PAID, "ACCC": Result.PAID, "RJCT": Result.REFUSED, "CANC": Result.REFUSED,
}  # fmt: skip
"""Final answers; every other status (ACTC, ACCP, ACSP, PDNG, PART...) is not final."""
AMOUNTS: Final = ("{*}Amt", "{*}AmtDtls/{*}TxAmt/{*}Amt")
NOT_ORDERED: Final = 0  # an amount that no payment has: a person looks


def read_answer(content: bytes) -> Answer:
    """What the file says. InputError for one too large, no XML, of another kind, or that expands something."""
    if len(content) > LARGEST:
        raise InputError(f"This file is larger than {LARGEST // 1_000_000} MB: no answer of a bank is.", field="file")
    root = parsed(content)
    kind, _, _version = _space(root).removeprefix("urn:iso:std:iso:20022:tech:xsd:").partition(".001.")
    digest = hashlib.sha256(content).hexdigest()
    if kind == "pain.002":
        return _report(root, digest)
    if kind in ("camt.053", "camt.054"):
        return _statement(root, digest)
    raise InputError("This is no status report (pain.002) and no statement (camt.053 or camt.054).", field="file")


def parsed(content: bytes) -> ET.Element:
    """The file without namespaces in its tags. No document type: nothing is expanded or fetched."""
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _no_doctype
    try:
        guard.Parse(content, True)
        root = ET.fromstring(content)  # nosec B314: a document type was refused above  # noqa: S314
    except (expat.ExpatError, ET.ParseError, LookupError, ValueError) as error:
        raise InputError("This file is no XML that can be read: is it whole?", field="file") from error
    return root


def _no_doctype(*_told: object) -> None:
    raise InputError("A file with a document type is not read.", field="file")


def _space(root: ET.Element) -> str:
    return root.tag.removeprefix("{").partition("}")[0] if root.tag.startswith("{") else ""


def _report(root: ET.Element, digest: str) -> Answer:
    about = text(root, ".//{*}OrgnlGrpInfAndSts/{*}OrgnlMsgId")
    status = text(root, ".//{*}OrgnlGrpInfAndSts/{*}GrpSts")
    whole = STATUS.get(status)
    lines = [
        AnswerLine(
            text(line, "{*}OrgnlEndToEndId"),
            STATUS.get(text(line, "{*}TxSts"), Result.WAITING),
            text(line, "{*}StsRsnInf/{*}Rsn/{*}Cd"),
        )
        for line in root.iterfind(".//{*}TxInfAndSts")
    ]
    return _checked(
        Answer(
            text(root, ".//{*}GrpHdr/{*}MsgId"), about, tuple(lines), digest, whole,
            text(root, ".//{*}OrgnlGrpInfAndSts/{*}StsRsnInf/{*}Rsn/{*}Cd"),
        )
    )  # fmt: skip


def _statement(root: ET.Element, digest: str) -> Answer:
    entries = root.iterfind(".//{*}Ntry")
    lines = tuple(line for entry in entries for line in _booked(entry))
    return _checked(Answer(text(root, ".//{*}GrpHdr/{*}MsgId"), "", lines, digest))


def _booked(entry: ET.Element) -> Iterator[AnswerLine]:
    """Money that left was paid; money that came back under one of our ids was returned. Pending says nothing."""
    status = text(entry, "{*}Sts/{*}Cd") or text(entry, "{*}Sts")
    if status != "BOOK":
        return
    for line in entry.iterfind(".//{*}TxDtls"):
        name = text(line, "{*}Refs/{*}EndToEndId")
        way = text(line, "{*}CdtDbtInd") or text(entry, "{*}CdtDbtInd")
        code = text(line, "{*}RtrInf/{*}Rsn/{*}Cd")
        if name and name != "NOTPROVIDED":
            result = Result.RETURNED if way == "CRDT" else Result.PAID
            yield AnswerLine(name, result, code, _cents(line) if way in ("DBIT", "CRDT") else NOT_ORDERED)


def _cents(line: ET.Element) -> int | None:
    """Its amount; None when it says none, NOT_ORDERED in another currency."""
    amount = next((found for path in AMOUNTS if (found := line.find(path)) is not None), None)
    if amount is None or not (amount.text or "").strip():
        return None
    return cents_of((amount.text or "").strip()) if amount.get("Ccy", "EUR") == "EUR" else NOT_ORDERED


def _checked(answer: Answer) -> Answer:
    if not answer.message_id or len(answer.message_id) > LONGEST_ID:
        raise InputError("This file has no message id: the bank gives each one.", field="file")
    return answer


def text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
