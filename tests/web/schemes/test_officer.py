"""The pages of the scheme officer: two people, one version, money that stands where the case says."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.checks import Signal, SignalCode
from dichterbij.domains.schemes.rules.procedure import Stage, Step
from dichterbij.gateways.payments import fake
from dichterbij.rules.outcome import Reason
from support.cases import Way, begun
from support.roles import Somebody, browser_of, make_somebody
from support.schemes import GRANT, apply, decided, opened

WORK = "/nl/regelingen/werk/"
PAY = f"{WORK}betalen/"


@pytest.fixture
def oscar() -> Somebody:
    """An officer."""
    return make_somebody(Role.SCHEME_OFFICER, "AM15")


@pytest.fixture
def olga() -> Somebody:
    """A colleague."""
    return make_somebody(Role.SCHEME_OFFICER, "AM15")


@pytest.fixture
def first(oscar: Somebody) -> Client:
    """The browser of Oscar."""
    return browser_of(oscar)


@pytest.fixture
def second(olga: Somebody) -> Client:
    """The browser of Olga."""
    return browser_of(olga)


def text_of(response: HttpResponse) -> str:
    words = " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
    return words.replace("\u00a0", " ").replace("&nbsp;", " ")


def page(way: Way) -> str:
    return f"{WORK}zaak/{way.id}/"


def do(client: Client, way: Way, what: str, version: int | None = None, **fields: str) -> HttpResponse:
    """Press a button of the case; fields with their prefix."""
    return client.post(page(way), {"do": what, "version": str(version or way.version), **fields})


def proposed(way: Way) -> Way:
    """The decider's proposal stands on the case."""
    decided(way.here)
    cases.adopt_decisions(round_id=way.here.id, now=way.now)
    return way


def settled(way: Way, first: Client, second: Client) -> Way:
    """Granted by Olga as the scheme decided, settled by Oscar and Olga."""
    proposed(way)
    do(second, way, "approve", proposal=str(way.view.row.proposal))
    do(first, way, "propose", **{"propose-step": "settled", "propose-amount": "1500", "propose-reason": "Klaar."})
    do(second, way, "approve", proposal=str(way.view.row.proposal))
    assert way.view.row.due_cents == GRANT
    return way


def test_signing_in_leads_an_officer_to_the_work_list(oscar: Somebody) -> None:
    from dichterbij.web.login.landing import first_page

    assert first_page(oscar.actor, "") == WORK
    assert first_page(oscar.actor, PAY) == PAY


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ADMINISTRATOR, Role.EMPLOYER])
def test_nobody_else_finds_these_pages(role: Role) -> None:
    client = browser_of(make_somebody(role, "AM15"))
    for path in (WORK, PAY, f"{WORK}zaak/{uuid4()}/"):
        assert client.get(path).status_code == 404
    assert browser_of(None).get(WORK).status_code == 302


def test_the_list_has_counts_the_term_the_ceiling_and_finds_a_name_without_telling_the_address(first: Client) -> None:
    way = begun(opened(ceiling=4 * GRANT), "Bakkerij Zonder Weerga")
    found = first.get(f"{WORK}?ronde={way.here.id}")
    words = text_of(found)
    assert "Bakkerij Zonder Weerga" in words
    assert f"nog {found.context['rows'][0].days_left} dagen: Beslissen" in words
    assert "€ 6.000" in words
    assert found["Cache-Control"] == "no-store"
    assert "Bakkerij Zonder Weerga" in text_of(first.post(f"{WORK}?lijst=to_assess", {"zoek": "zonder weerga"}))
    assert "Niets gevonden" in text_of(first.post(f"{WORK}?lijst=to_assess", {"zoek": "bestaat niet\0"}))
    assert first.get(f"{WORK}?lijst=onzin&ronde=x&pagina=-1").status_code == 200
    assert "Taken" in text_of(first.get(f"{WORK}?lijst=tasks"))


def test_a_page_has_25_cases(first: Client) -> None:
    here = opened(ceiling=GRANT)
    for turn in range(26):
        begun(here, f"Bedrijf {turn}")
    assert len(first.get(f"{WORK}?ronde={here.id}").context["rows"]) == 25
    assert len(first.get(f"{WORK}?ronde={here.id}&pagina=2").context["rows"]) == 1
    assert first.get(f"{WORK}?ronde={here.id}&pagina=99").context["page"] == 2


def test_what_came_is_fetched_once_and_stands_as_a_proposal_of_the_rules(first: Client) -> None:
    here = opened(ceiling=GRANT)
    apply(here, "12345678 Verzonnen Bakkerij")
    decided(here)
    assert "1 aanvragen en 1 voorstellen" in text_of(first.post(f"{WORK}ophalen/", follow=True))
    first.post(f"{WORK}ophalen/")
    (row,) = reading.worklist(reading.Tab.TO_APPROVE, on=timezone.localdate(), round_id=here.id)
    assert (row.name, row.proposed_cents, row.proposed_by) == ("Verzonnen Bakkerij", GRANT, "decider")
    assert "voorgesteld door de regels van de regeling" in text_of(first.get(f"{WORK}?lijst=to_approve"))


def test_many_are_approved_at_once_and_one_that_changed_is_left_and_named(first: Client) -> None:
    here = opened(ceiling=2 * GRANT)
    ways = [begun(here, name) for name in ("Aap", "Noot", "Mies")]
    proposed(ways[0])
    rows = first.get(f"{WORK}?lijst=to_approve&ronde={here.id}").context["rows"]
    assert any("geld is op" in row.reason for row in rows)
    cases.flag(case=ways[2].id, signals=[signal()], actor="tests", now=timezone.now())
    ticked = [row.token for row in rows]
    where = {"lijst": "to_approve", "ronde": str(here.id), "pagina": "1"}
    answer = first.post(f"{WORK}goedkeuren/", {"several": [*ticked, "x:1:2", "onzin"], **where}, follow=True)
    words = text_of(answer)
    assert "2 van 3 aangevinkte zaken goedgekeurd" in words
    assert answer.redirect_chain[-1][0] == f"{WORK}?lijst=to_approve&ronde={here.id}&pagina=1"
    assert [row.case.number for row in answer.context["rows"]] == [ways[2].number]
    assert ways[2].number in words
    assert [way.view.state.stage for way in ways] == [Stage.GRANTED, Stage.GRANTED, Stage.RECEIVED]
    assert "niets aangevinkt" in text_of(first.post(f"{WORK}goedkeuren/", follow=True))
    searched = first.post(f"{WORK}goedkeuren/", where | {"zoek": "Mies"}, follow=True)
    assert "Mies" not in searched.redirect_chain[-1][0]
    assert searched.context["search"] == "Mies"
    assert first.get(f"{WORK}?lijst=to_approve").context["search"] == ""


def signal() -> Signal:
    return Signal(SignalCode.SAME_PERSON, (), Reason("flag.same_person", "checks.yaml", {"person": "sami"}))


def test_whoever_proposes_is_not_offered_to_approve_and_cannot(first: Client, second: Client) -> None:
    way = begun()
    answer = do(first, way, "propose", **{"propose-step": "refused", "propose-reason": "Er is geen plek."})
    assert answer.status_code == 302
    own, other = first.get(page(way)), second.get(page(way))
    assert "Een collega keurt het goed" in text_of(own)
    assert 'value="approve"' not in own.content.decode()
    assert 'value="approve"' in other.content.decode()
    refused = do(first, way, "approve", proposal=str(way.view.row.proposal))
    assert refused.status_code == 409
    assert "Iemand anders moet" in text_of(refused)
    assert way.view.state.stage is Stage.RECEIVED
    assert do(second, way, "approve", proposal=str(way.view.row.proposal)).status_code == 302
    assert way.view.state.stage is Stage.REFUSED


def test_a_proposal_goes_back_with_a_reason(first: Client, second: Client) -> None:
    way = begun()
    do(first, way, "propose", **{"propose-step": "refused", "propose-reason": "Er is geen plek."})
    number = str(way.view.row.proposal)
    nothing = do(second, way, "send_back", proposal=number)
    assert nothing.status_code == 422
    assert do(second, way, "send_back", proposal=number, **{"back-reason": "Kijk nog eens."}).status_code == 302
    assert way.view.row.proposal is None
    assert "Kijk nog eens." in text_of(first.get(page(way)))


def test_a_colleague_was_first_and_nothing_typed_is_lost(first: Client, second: Client) -> None:
    way = begun()
    seen = way.version
    assert do(second, way, "step", **{"step-step": "suspended", "step-reason": "We wachten op UWV."}).status_code == 302
    late = do(first, way, "propose", seen, **{"propose-step": "refused", "propose-reason": "Mijn lange uitleg."})
    assert late.status_code == 409
    assert "Een collega deed hier net iets mee" in text_of(late)
    assert "Mijn lange uitleg." in late.content.decode()
    assert f'name="version" value="{way.version}"' in late.content.decode()
    assert way.view.row.proposal is None


@pytest.mark.parametrize(
    ("what", "fields", "status", "problem"),
    [
        ("propose", {"propose-step": "refused"}, 422, "Schrijf waarom"),
        ("propose", {"propose-step": "granted", "propose-amount": "veel"}, 422, "geen bedrag"),
        ("propose", {"propose-step": "paid"}, 422, "niet meer"),
        ("step", {"step-step": "completion_asked"}, 422, "Schrijf waarom"),
        ("step", {"step-step": "resumed"}, 409, "kan nu niet"),
        ("account", {"account-account": "NL00 X", "account-reason": "Brief."}, 422, "rekeningnummer"),
        ("", {}, 422, "Kies wat je wilt doen"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_what_was_typed(
    first: Client, what: str, fields: dict[str, str], status: int, problem: str
) -> None:
    way = begun()
    answer = do(first, way, what, **fields)
    assert answer.status_code == status
    assert problem in text_of(answer)
    assert way.version == 1


def test_the_page_has_facts_flags_history_and_letters(first: Client) -> None:
    way = begun()
    cases.flag(case=way.id, signals=[signal()], actor="tests", now=timezone.now())
    words = text_of(first.get(page(way)))
    assert "Meer aanvragen voor dezelfde persoon" in words
    assert "1 mei 2022" in words
    assert (
        do(
            first, way, "flag", **{"flag-flagged": "2", "flag-found": "in_order", "flag-answer": "Twee mensen."}
        ).status_code
        == 302
    )
    assert "Twee mensen." in text_of(first.get(page(way)))
    (letter,) = way.view.letters
    pdf = first.get(f"{page(way)}brief/{letter.id}.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert first.get(f"{WORK}zaak/{uuid4()}/brief/{letter.id}.pdf").status_code == 404
    assert first.get(f"{WORK}zaak/{uuid4()}/").status_code == 404


def test_a_payment_file_is_made_by_one_released_by_another_and_answered_once(first: Client, second: Client) -> None:
    way = settled(begun(opened(ceiling=GRANT)), first, second)
    assert "€ 1.500" in text_of(first.get(PAY))
    file = uuid4()
    given = {"do": "prepare", "file": str(file), "round": str(way.here.id),
             "execute_on": f"{timezone.localdate() + timedelta(days=2):%d-%m-%Y}"}  # fmt: skip
    assert first.post(PAY, given | {"execute_on": "1-1-2020"}).status_code == 422
    assert [first.post(PAY, given)["Location"] for _ in range(2)] == [f"{PAY}{file}/"] * 2
    assert first.post(PAY, given | {"file": str(uuid4())}).status_code == 409
    one, xml = f"{PAY}{file}/", f"{PAY}{file}.xml"
    assert 'value="release"' not in first.get(one).content.decode()
    assert first.post(one, {"do": "release"}).status_code == 409
    assert first.get(xml).status_code == 404
    assert second.post(one, {"do": "release"}).status_code == 302
    order = first.get(xml)
    assert b"pain.001.001.09" in order.content
    assert "paid" not in str(way.view.payments[0].results)
    answer = fake.report(order.content)
    words = [text_of(bring(first, answer)) for _ in range(2)]
    assert "1 betaald" in words[0]
    assert "eerder gelezen" in words[1]
    assert way.view.state.paid_cents == GRANT
    assert "€ 1.500" in text_of(second.get(one))


def bring(client: Client, content: bytes) -> HttpResponse:
    """The bank's answer as a file."""
    given = {"do": "bank", "answer": SimpleUploadedFile("antwoord.xml", content, "application/xml")}
    return client.post(PAY, given, follow=True)


def test_a_file_that_is_none_changes_nothing_and_is_said(first: Client) -> None:
    bad = bring(first, b"<a>onzin</a>")
    assert bad.status_code == 422
    assert "kunnen dit bestand niet gebruiken" in text_of(bad)
    assert first.post(PAY, {"do": "bank"}).status_code == 422


def test_a_file_is_dropped_with_a_reason_and_its_money_is_due_again(first: Client, second: Client) -> None:
    way = settled(begun(opened(ceiling=GRANT)), first, second)
    file: UUID = uuid4()
    first.post(PAY, {"do": "prepare", "file": str(file), "round": str(way.here.id), "execute_on": "1-1-2999"})
    assert way.view.row.due_cents == 0
    assert first.post(f"{PAY}{file}/", {"do": "drop"}).status_code == 422
    assert first.post(f"{PAY}{file}/", {"do": "drop", "reason": "Verkeerde dag."}).status_code == 302
    assert way.view.row.due_cents == GRANT
    assert first.post(f"{PAY}{file}/", {"do": "drop", "reason": "Nog eens."}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "cents"), [("1500", 150_000), ("1.500,50", 150_050), ("€ 67,5", 6_750), ("0", 0), ("1" * 21, None)]
)
def test_an_amount_is_read_to_the_cent(typed: str, cents: int | None) -> None:
    from django import forms

    from dichterbij.web.site.fields import EuroField

    field = EuroField()
    if cents is None:
        with pytest.raises(forms.ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == cents


def test_a_step_of_the_work_list_is_one_of_the_procedure() -> None:
    from dichterbij.domains.schemes.actions.cases.stepping import BY_HAND
    from dichterbij.domains.schemes.rules.procedure import DECISIONS
    from dichterbij.web.schemes import officer_words as words

    assert set(words.TO_PROPOSE) == DECISIONS
    assert set(words.TO_TAKE) == BY_HAND
    assert {one.value for one in Step} <= set(words.STEPS)
    assert set(words.TABS) == set(reading.Tab)
