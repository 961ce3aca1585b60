"""Bank accounts, and what a payment file and an answer of a bank say. Pure; files are written by `gateways.payments`.

All account numbers in this product are invented; only their check digits are real.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from dichterbij.shared.errors import InputError

MOST_CENTS: Final = 99_999_999_999  # 999,999,999.99 euros: what the scheme of SEPA carries
LONGEST_NAME, LONGEST_WORDS, LONGEST_ID = 70, 140, 35
LENGTHS: Final = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
    "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
ALLOWED: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
WRITTEN: Final = {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ł": "l", "Ł": "L", "đ": "d", "&": "+"}


class Result(StrEnum):
    """What the bank says about one payment. WAITING: nothing final yet."""

    PAID = "paid"
    REFUSED = "refused"
    RETURNED = "returned"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: `id` is made once and goes to the bank and back (end-to-end id)."""

    id: UUID
    name: str
    account: str
    cents: int
    words: str

    @property
    def end_to_end(self) -> str:
        """Its id as the bank has it."""
        return self.id.hex


@dataclass(frozen=True, slots=True)
class SentPayment:
    """A line of a payment file that left: `number` of the case, as the receiver reads it."""

    id: UUID
    cents: int
    number: str


@dataclass(frozen=True, slots=True)
class SentOrder:
    """A payment file that left, read back."""

    message_id: str
    payments: tuple[SentPayment, ...]


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, from which account."""

    name: str
    account: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A payment file: what the bank is asked to do on a day. The same order is the same file, byte for byte."""

    id: UUID
    payer: Payer
    made_at: datetime
    execute_on: date
    payments: tuple[Payment, ...]

    @property
    def message_id(self) -> str:
        """As the bank has it, unique for ever."""
        return f"DB{self.id.hex}"

    @property
    def cents(self) -> int:
        """The sum of all payments: the control sum."""
        return sum(one.cents for one in self.payments)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the bank says about one payment. `code`: its reason, as ISO 20022 lists them; `cents` where it says so."""

    end_to_end: str
    result: Result
    code: str = ""
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A file of the bank. `about`: the message id of the order; empty in a statement. `digest`: of its bytes.

    `whole`: what it says of every payment of the order that has no line of its own.
    """

    message_id: str
    about: str
    lines: tuple[AnswerLine, ...]
    digest: str
    whole: Result | None = None
    whole_code: str = ""


def masked(account: str) -> str:
    """An account number to know again without telling it: its first and last four characters."""
    return f"{account[:4]}...{account[-4:]}" if account else ""


def check_account(account: str) -> str:
    """The account number without spaces, in capitals. InputError when it cannot be one: length or check digits."""
    plain = "".join(account.split()).upper()
    wanted = LENGTHS.get(plain[:2])
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", plain) or wanted is None:
        raise InputError("This is no account number (IBAN) of a country in SEPA.", field="account")
    if len(plain) != wanted:
        raise InputError(
            f"An account number of {plain[:2]} has {wanted} characters, this one {len(plain)}.", field="account"
        )
    if remainder(plain[4:] + plain[:4]) != 1:
        raise InputError("The check digits of this account number are wrong: is there a typing error?", field="account")
    return plain


def remainder(text: str) -> int:
    """Of the number that letters and digits make (A is 10), divided by 97."""
    return int("".join(str(int(one, 36)) for one in text)) % 97


def invented_account(bank: str, number: int) -> str:
    """A Dutch account number that nobody has been given by us to pay to: for examples and tests. Valid check digits."""
    body = f"{bank}{number:010d}"
    return f"NL{98 - remainder(f'{body}NL00'):02d}{body}"


def bank_words(text: str, longest: int) -> str:
    """A text in the letters that every bank in SEPA takes; never empty, no slash at its ends, nor two in a row."""
    written = "".join(WRITTEN.get(one, one) for one in text)
    plain = "".join(one for one in unicodedata.normalize("NFKD", written) if not unicodedata.combining(one))
    kept = " ".join(ALLOWED.sub(".", " ".join(plain.split())).split())
    return re.sub("/{2,}", "/", kept)[:longest].strip("/ ") or "-"


def euros(cents: int) -> str:
    """As a file writes it: 150000 is 1500.00. Only whole numbers are used."""
    return f"{cents // 100}.{cents % 100:02d}"


def cents_of(text: str) -> int:
    """The cents of an amount in a file. InputError for a comma, a sign, or more than two decimals."""
    found = re.fullmatch(r"([0-9]{1,15})(?:\.([0-9]{1,2}))?", text.strip())
    if not found:
        raise InputError(f"{text[:40]!r} is no amount with a point and at most two decimals.")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def check_order(order: Order) -> None:
    """InputError for what no bank takes: nothing, the same payment twice, a wrong account or amount, no time zone."""
    if not order.payments:
        raise InputError("There is nothing to pay.")
    if order.made_at.tzinfo is None:
        raise InputError("The moment of a payment file has a time zone.")
    check_account(order.payer.account)
    _check_once(one.end_to_end for one in order.payments)
    for one in order.payments:
        check_account(one.account)
        if type(one.cents) is not int or not 0 < one.cents <= MOST_CENTS:
            raise InputError(f"{one.cents!r} cents cannot be paid: more than 0, at most {MOST_CENTS}, whole.")


def _check_once(ids: Iterable[str]) -> None:
    seen = set[str]()
    for one in ids:
        if one in seen:
            raise InputError(f"Payment {one} stands in this file twice.")
        seen.add(one)
