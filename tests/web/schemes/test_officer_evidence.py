"""Documents beside the form, what is missing, and a decision that is late."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import Stage, Step, StepNotPossibleError
from dichterbij.shared.errors import InputError
from support.cases import Way, begun
from support.roles import browser_of, make_somebody
from support.schemes import opened
from web.schemes.officers import PDF, WORK, aged, approve, page, press, text_of, tomorrow


@pytest.fixture
def olga() -> Client:
    """A scheme officer."""
    return browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15"))


def upload(client: Client, way: Way, content: bytes = PDF, name: str = "contract.pdf") -> int:
    return press(
        client, way, "evidence", kind="employment_contract", document=SimpleUploadedFile(name, content)
    ).status_code


def test_a_document_is_added_read_beside_the_form_and_of_this_case_alone(olga: Client) -> None:
    way = begun()
    assert upload(olga, way) == 302
    (kept,) = way.view.evidence
    assert "contract.pdf" in text_of(olga.get(page(way)))
    shown = olga.get(page(way, f"document/{kept.id}/"))
    assert (shown.content, shown["Content-Type"], shown["X-Content-Type-Options"]) == (
        PDF,
        "application/pdf",
        "nosniff",
    )
    assert shown["Cache-Control"] == "no-store"
    assert olga.get(page(begun(), f"document/{kept.id}/")).status_code == 404
    assert upload(olga, way) == 302
    assert len(way.view.evidence) == 1


def test_an_applicant_sends_what_is_missing_and_an_officer_has_a_task(olga: Client) -> None:
    key, applicant = uuid4(), Client()
    way, page_of = begun(opened(slug="employer_subsidy"), key=key), f"/nl/regelingen/aanvraag/{key}/"
    sent = {"document": SimpleUploadedFile("contract.pdf", PDF)}
    assert applicant.post(f"{page_of}sturen/", sent).status_code == 422, "nothing is asked yet"
    press(olga, way, "ask", missing="employment_contract", until=tomorrow())
    assert "Verstuur dit document" in text_of(applicant.get(page_of))
    wrong = {"document": SimpleUploadedFile("echt.pdf", b"<html>")}
    assert "Kies een PDF, PNG of JPEG" in text_of(applicant.post(f"{page_of}sturen/", wrong))
    for _ in range(2):  # pressed twice
        sent = {"document": SimpleUploadedFile("contract.pdf", PDF)}
        assert applicant.post(f"{page_of}sturen/", sent).status_code == 302
    assert "Je document is binnen" in text_of(applicant.get(f"{page_of}?verstuurd=1"))
    assert [one.title for one in way.view.evidence] == ["contract.pdf"]
    assert [one.kind for one in way.view.tasks] == ["document_came"]
    assert "De aanvrager stuurde een document" in text_of(olga.get(page(way)))


@pytest.mark.long  # each case is letters and decisions
@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"", b"\x89PNG\r\n\x1a\n" + b"x" * 10_000_001])
def test_what_is_no_pdf_png_or_jpeg_or_too_large_is_not_taken(olga: Client, content: bytes) -> None:
    way = begun()
    assert upload(olga, way, content, "echt.pdf") == 422
    assert way.view.evidence == ()


@pytest.mark.long  # each case is letters and decisions
def test_documents_go_half_a_year_after_the_case_ended_and_their_codes_stay(olga: Client) -> None:
    way = begun()
    upload(olga, way)
    way.take(Step.TAKEN_BACK, reason="x")
    assert cases.forget_documents(actor="tests", now=way.now + timedelta(weeks=25)) == 0
    assert cases.forget_documents(actor="tests", now=way.now + timedelta(weeks=27)) == 1
    (kept,) = way.view.evidence
    assert not kept.is_kept
    assert len(kept.digest) == 64
    assert olga.get(page(way, f"document/{kept.id}/")).status_code == 404
    assert "alleen de code is bewaard" in text_of(olga.get(page(way)))


def test_what_is_missing_is_asked_with_a_day_and_our_term_stands_still(olga: Client) -> None:
    way = begun()
    before = way.view.term
    assert press(olga, way, "ask", until=tomorrow(14)).status_code == 422
    asked = press(
        olga, way, "ask", missing=["employment_contract", "de_minimis"], reason="Het blad 2.", until=tomorrow(14)
    )
    assert asked.status_code == 302
    assert way.view.state.stage is Stage.INCOMPLETE
    (event,) = [one for one in way.view.events if one.step == "completion_asked"]
    assert event.reason == "arbeidscontract; verklaring over staatssteun van de laatste drie jaar; Het blad 2."
    assert way.view.letters[-1].kind == "incomplete"
    assert "onze termijn staat stil" in text_of(olga.get(page(way)))
    assert reading.own_case(way.number, on=way.today).misses
    assert press(olga, way, "complete").status_code == 302
    assert way.view.state.stage is Stage.RECEIVED
    assert not reading.own_case(way.number, on=way.today).misses
    assert before is not None
    assert way.view.term is not None


def test_a_case_whose_term_nears_or_passed_comes_first_with_the_days(olga: Client) -> None:
    here = opened(ceiling=10**9)
    soon, late = aged(begun(here, "Bijna"), 50), aged(begun(here, "Al te laat"), 70)
    begun(here, "Heeft tijd")
    found = olga.get(f"{WORK}?ronde={here.id}")
    assert [row.case.name for row in found.context["rows"]] == ["Al te laat", "Bijna"]
    words = text_of(found)
    assert "dagen te laat: Beslissen" in words
    other = olga.get(f"{WORK}?lijst=to_assess&ronde={here.id}")
    assert [row.case.name for row in other.context["first"]] == ["Al te laat", "Bijna"]
    assert re.search(r"Nog \d+ dagen om te beslissen", text_of(olga.get(page(soon))))
    assert "dagen te laat" in text_of(olga.get(page(late)))


@pytest.mark.long  # each case is letters and decisions
def test_the_letter_with_a_later_day_goes_out_and_the_warning_is_gone(olga: Client) -> None:
    way = aged(begun(), 50)
    assert press(olga, way, "later", until=tomorrow(60), reason="We wachten op UWV.").status_code == 302
    assert way.view.letters[-1].kind == "postponed"
    assert "om te beslissen" not in text_of(olga.get(page(way)))


@pytest.mark.long  # each case is letters and decisions
def test_who_told_that_we_are_late_is_answered_before_the_penalty_runs(olga: Client) -> None:
    way = aged(begun(), 80)
    press(olga, way, "step", step="default_told")
    words = text_of(olga.get(page(way)))
    assert "De aanvrager schreef op" in words
    assert "loopt er een dwangsom" in words


@pytest.mark.long  # each case is letters and decisions
def test_when_the_term_to_complete_passed_the_list_says_what_we_must_do(olga: Client) -> None:
    way = begun()
    press(olga, way, "ask", reason="Het contract.", until=tomorrow(3))
    row = next(
        one for one in reading.worklist(reading.Tab.INCOMPLETE, on=timezone.localdate() + timedelta(days=5))
        if one.id == way.id
    )  # fmt: skip
    assert row.waits_for == "not_considered"
    assert not row.is_late


def test_a_document_at_the_wrong_case_is_taken_back_by_who_put_it_there(olga: Client) -> None:
    way, otto = begun(), browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15"))
    upload(olga, way)
    (kept,) = way.view.evidence
    assert 'value="strike"' not in otto.get(page(way)).content.decode()
    given = {"evidence": str(kept.id), "reason": "Van de buren."}
    assert press(otto, way, "strike", **given).status_code == 409
    nothing = press(olga, way, "strike", **given | {"reason": ""})
    assert (nothing.status_code, 'value="strike"' in nothing.content.decode()) == (422, True)
    assert press(olga, way, "strike", **given).status_code == 302
    assert press(olga, way, "strike", **given).status_code == 404
    words = text_of(otto.get(page(way)))
    assert "Teruggenomen op" in words
    assert "Van de buren." in words
    assert olga.get(page(way, f"document/{kept.id}/")).status_code == 404
    assert upload(olga, way) == 302
    assert [one.struck_at is None for one in way.view.evidence] == [False, True]


def test_a_document_stays_once_a_decision_was_taken_after_it(olga: Client) -> None:
    way = begun()
    upload(olga, way)
    (kept,) = way.view.evidence
    way.later(hours=1).decide(Step.REFUSED, reason="Hoort niet bij deze regeling.")
    assert 'value="strike"' not in olga.get(page(way)).content.decode()
    assert press(olga, way, "strike", evidence=str(kept.id), reason="Van de buren.").status_code == 409
    assert olga.get(page(way, f"document/{kept.id}/")).content == PDF


def test_a_penalty_for_being_late_is_set_by_two_and_goes_out_in_a_letter(olga: Client) -> None:
    way, otto = aged(begun(), 150), browser_of(make_somebody(Role.SCHEME_OFFICER, "AM15"))
    told = timezone.now() - timedelta(days=30)
    cases.take_step(case=way.id, version=way.version, step=Step.DEFAULT_TOLD, actor="tests", now=told)
    assert 'value="penalty"' not in olga.get(page(way)).content.decode(), "it still runs"
    assert press(olga, way, "penalty").status_code == 409
    way.decide(Step.REFUSED, reason="Hoort niet bij deze regeling.")
    due = way.view.penalty_to_set
    assert due is not None
    assert (due.days, due.cents) == (15, 14 * 2_300 + 3_500)
    assert "€ 357, voor 15 dagen" in text_of(olga.get(page(way)))
    wrong = {"case": way.id, "version": way.version, "step": Step.PENALTY_SET, "actor": "tests", "now": way.now}
    with pytest.raises(InputError):
        cases.propose(**wrong, cents=1)
    assert press(olga, way, "penalty").status_code == 302
    assert approve(olga, way).status_code == 409
    assert approve(otto, way).status_code == 302
    letter = way.view.letters[-1]
    assert (letter.kind, "357 euro" in letter.subject) == ("penalty", True)
    assert way.view.penalty_to_set is None
    assert way.view.state.stage is Stage.REFUSED
    with pytest.raises(StepNotPossibleError):
        cases.propose(**wrong | {"version": way.version}, cents=35_700)
