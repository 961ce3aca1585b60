"""Payment files and answers of a bank: what every bank checks, and what no file may do to us."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules.procedure.payments import (
    LENGTHS,
    Order,
    Payer,
    Payment,
    Result,
    bank_words,
    cents_of,
    check_account,
    euros,
    invented_account,
    remainder,
)
from dichterbij.gateways.payments import fake, read_answer, write_order
from dichterbij.shared.errors import InputError

MOMENT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
PAYER = Payer("Uitvoerder (verzonnen)", invented_account("INVT", 1))


def order(*cents: int) -> Order:
    payments = tuple(
        Payment(UUID(int=number), f"Bedrijf {number}", invented_account("INVT", number), amount, f"Zaak {number}")
        for number, amount in enumerate(cents or (150_000, 1, 750_000), 1)
    )
    return Order(UUID(int=9), PAYER, MOMENT, date(2026, 11, 24), payments)


def values(file: bytes, tag: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(file).iterfind(f".//{{*}}{tag}")]  # noqa: S314


def test_the_file_counts_and_adds_up_in_both_places() -> None:
    file = write_order(order())
    assert values(file, "NbOfTxs") == ["3", "3"]
    assert values(file, "CtrlSum") == ["9000.01", "9000.01"]
    assert values(file, "InstdAmt") == ["1500.00", "0.01", "7500.00"]
    assert sum(cents_of(one) for one in values(file, "InstdAmt")) == cents_of(values(file, "CtrlSum")[0]) == 900_001
    assert {one.attrib["Ccy"] for one in ET.fromstring(file).iterfind(".//{*}InstdAmt")} == {"EUR"}  # noqa: S314


def test_it_is_a_pain_001_001_09_whose_parts_stand_in_the_order_of_its_schema() -> None:
    root = ET.fromstring(write_order(order()))  # noqa: S314
    assert root.tag == "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}Document"
    tags = {part: [one.tag.partition("}")[2] for one in root.find(f".//{{*}}{part}") or ()] for part in (
        "GrpHdr", "PmtInf", "CdtTrfTxInf")}  # fmt: skip
    assert tags["GrpHdr"] == ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
    assert tags["PmtInf"] == [
        "PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct",
        "DbtrAgt", "ChrgBr", "CdtTrfTxInf", "CdtTrfTxInf", "CdtTrfTxInf",
    ]  # fmt: skip
    assert tags["CdtTrfTxInf"] == ["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"]


def test_the_same_order_is_the_same_file_to_the_byte() -> None:
    assert write_order(order()) == write_order(order())


def test_ids_are_short_enough_and_each_payment_has_its_own() -> None:
    file = write_order(order())
    ids = values(file, "EndToEndId")
    assert len(set(ids)) == 3
    assert all(
        re.fullmatch(r"[A-Za-z0-9]{1,35}", one) for one in [*ids, *values(file, "MsgId"), *values(file, "PmtInfId")]
    )


@settings(deadline=None)
@given(st.text(max_size=200))
def test_only_letters_that_every_bank_takes_leave(text: str) -> None:
    words = bank_words(text, 70)
    assert re.fullmatch(r"[A-Za-z0-9/\-?:().,'+ ]{1,70}", words)
    assert not words.startswith("/")
    assert not words.endswith("/")
    assert "//" not in words


def test_names_stay_readable() -> None:
    assert bank_words("Café Ünal & Søn <b>", 70) == "Cafe Unal + Son .b."
    assert bank_words("//", 70) == "-"


@pytest.mark.parametrize(
    "wrong", ["NL91ABNA0417164301", "NL91ABNA041716430", "XX91ABNA0417164300", "", "NL91ABNA04171643é0"]
)
def test_an_account_number_with_a_typing_error_is_refused(wrong: str) -> None:
    with pytest.raises(InputError):
        check_account(wrong)


@settings(deadline=None)
@given(st.integers(0, 9_999_999_999), st.integers(4, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(number: int, place: int, digit: str) -> None:
    right = invented_account("INVT", number)
    assert check_account(f" {right[:4]} {right[4:]} ".lower()) == right
    wrong = right[:place] + digit + right[place + 1 :]
    if wrong != right:
        with pytest.raises(InputError):
            check_account(wrong)


def test_published_examples_of_other_countries_are_taken() -> None:
    """From the registry of account numbers: their check digits are right."""
    for one in (
        "BE68539007547034",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "MT84MALT011000012345MTLCAST001S",
    ):
        assert check_account(one) == one
        assert remainder(one[4:] + one[:4]) == 1
        assert len(one) == LENGTHS[one[:2]]


@settings(deadline=None)
@given(st.integers(0, 99_999_999_999))
def test_cents_are_written_and_read_without_a_fraction(cents: int) -> None:
    assert cents_of(euros(cents)) == cents


@pytest.mark.parametrize("wrong", ["1500,00", "-1.00", "1.005", "1e3", "", "١٥", "1.", "NaN"])
def test_an_amount_with_a_comma_or_too_many_decimals_is_refused(wrong: str) -> None:
    with pytest.raises(InputError):
        cents_of(wrong)


def test_orders_that_no_bank_takes_are_refused() -> None:
    good = order()
    twice = (good.payments[0], good.payments[0])
    for wrong in (
        replace(good, payments=()),
        replace(good, payments=twice),
        replace(good, made_at=datetime(2026, 11, 22)),  # noqa: DTZ001
        replace(good, payer=Payer("x", "NL00INVT0000000001")),
        order(0),
        order(100_000_000_000),
        order(1.5),  # type: ignore[arg-type]
        order(True),
    ):
        with pytest.raises(InputError):
            write_order(wrong)


def test_a_report_says_of_each_payment_whether_it_was_carried_out() -> None:
    file = write_order(order())
    second = values(file, "EndToEndId")[1]
    answer = read_answer(fake.report(file, {second: "AC04"}))
    assert answer.about == order().message_id
    assert [one.result for one in answer.lines] == [Result.PAID, Result.REFUSED, Result.PAID]
    assert (answer.lines[1].end_to_end, answer.lines[1].code) == (second, "AC04")
    assert answer.whole is None
    assert read_answer(fake.report(file, {second: "AC04"})) == answer
    assert read_answer(fake.report(file)).digest != answer.digest


@pytest.mark.parametrize("status", ["ACTC", "ACCP", "ACSP", "PDNG"])
def test_what_is_not_final_is_not_taken_for_paid(status: str) -> None:
    file = fake.report(write_order(order())).replace(b">ACSC<", f">{status}<".encode())
    assert {one.result for one in read_answer(file).lines} == {Result.WAITING}


def test_a_file_that_is_refused_as_a_whole_says_so() -> None:
    file = (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId>'
        b"</GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>DB9</OrgnlMsgId><GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd>"
        b"</Rsn></StsRsnInf>"
        b"</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"
    )
    answer = read_answer(file)
    assert (answer.whole, answer.whole_code, answer.about, answer.lines) == (Result.REFUSED, "FF01", "DB9", ())


def test_a_statement_tells_what_left_and_what_came_back() -> None:
    file = write_order(order(150_000, 7))
    second = values(file, "EndToEndId")[1]
    answer = read_answer(fake.statement(file, {second: "AC01"}))
    told = [(one.end_to_end == second, one.result, one.code, one.cents) for one in answer.lines]
    assert told == [
        (False, Result.PAID, "", 150_000), (True, Result.PAID, "", 7), (True, Result.RETURNED, "AC01", 7),
    ]  # fmt: skip
    pending = fake.statement(file).replace(b">BOOK<", b">PDNG<")
    assert read_answer(pending).lines == ()


def test_another_currency_or_an_unknown_direction_is_no_amount_that_was_ordered() -> None:
    said = fake.statement(write_order(order(150_000)))
    assert b'Ccy="EUR"' in said
    assert b"DBIT" in said
    for other in (said.replace(b'Ccy="EUR"', b'Ccy="USD"'), said.replace(b"DBIT", b"")):
        (line,) = read_answer(other).lines
        assert (line.result, line.cents) == (Result.PAID, 0)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><a>&c;</a></Document>'
)
FETCHES = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"/>'


@pytest.mark.parametrize(
    "file",
    [
        b"", b"no xml", b"<Document/>", BOMB, FETCHES, BOMB.decode().replace("1.0", "1.0").encode("utf-16"),
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>',
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"/>',
        b'<?xml version="1.0" encoding="ebcdic-x"?><Document/>',
        write_order(order())[:300],
        b" " * 50_000_001,
    ],
    ids=range(11),
)  # fmt: skip
def test_a_file_that_cannot_be_an_answer_is_refused_and_expands_nothing(file: bytes) -> None:
    with pytest.raises(InputError):
        read_answer(file)
