"""Signing in at a real provider on loopback, and every answer that is not accepted."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode

import pytest
import yaml

from dichterbij.domains.accounts.models import Identity, User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal import queries as journal
from support.accounts import START, Browser, colleague, organisation
from support.provider import RunningProvider, running_provider
from support.provider.users import HIGH, LOW

EMPLOYER = {"subject": ["urn:broker", "pseudonym"], "level": ["urn:broker", "level"], "kvk": ["urn:broker", "kvk"]}
BROKER = {"subject": ["urn:broker", "pseudonym"], "level": ["urn:broker", "level"]}
LEVELS = ["urn:digid:basic", "urn:digid:middle", "urn:digid:substantial", "urn:digid:high"]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    """The provider, for the whole file."""
    with running_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture(autouse=True)
def configured(provider: RunningProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator's file: staff with a key or a secret, and citizens through a broker."""
    staff = {
        "issuer": provider.issuer, "client_id": "dichterbij", "door": "staff",
        "links_by_email": True, "mail_domains": ["Desk.example"],
    }  # fmt: skip
    with_levels = {**staff, "levels": [LOW, HIGH], "minimum": HIGH}
    rows: list[dict[str, Any]] = [
        {**with_levels, "key": "staff", "label": {"nl": "Gemeente Verzonnen"}, "private_key": "site.pem"},
        {**with_levels, "key": "with-secret", "label": {"nl": "Geheim"}, "client_secret_env": "TEST_SECRET"},
        {**staff, "key": "no-levels", "label": {"nl": "Zonder niveau"}, "private_key": "site.pem"},
        {
            "key": "citizen", "label": {"nl": "DigiD (via een makelaar)"}, "issuer": provider.issuer, "door": "citizen",
            "client_id": "broker", "private_key": "site.pem", "claims": BROKER, "levels": LEVELS, "minimum": LEVELS[1],
        },
        {
            "key": "employer", "label": {"nl": "eHerkenning (via een makelaar)"}, "issuer": provider.issuer,
            "door": "employer", "client_id": "broker", "private_key": "site.pem", "claims": EMPLOYER,
            "levels": ["urn:eh3"], "minimum": "urn:eh3",
        },
        {
            "key": "no-level", "label": {"nl": "Zonder niveau"}, "issuer": provider.issuer, "door": "employer",
            "client_id": "broker", "private_key": "site.pem", "claims": EMPLOYER,
        },
    ]  # fmt: skip
    file = provider.folder / "identity.yaml"
    file.write_text(yaml.safe_dump({"providers": rows}), encoding="utf-8")
    monkeypatch.setenv("DICHTERBIJ_IDENTITY", str(file))
    monkeypatch.setenv("TEST_SECRET", "shared-with-the-provider")


def away(browser: Browser, key: str = "staff", **query: str) -> str:
    """Where the site sends this browser."""
    answer = browser.client.get(f"{START}met/{key}/", query)
    assert answer.status_code == 302
    return str(answer["Location"])


def back(browser: Browser, provider: RunningProvider, user: str, key: str = "staff") -> Any:
    """There as this user, and back."""
    return browser.client.get(f"/oidc/{key}/terug/?{provider.sign_in(away(browser, key), user)}")


def reason() -> object:
    """Why the last one who came back was refused, as the journal tells."""
    return journal.latest_events(action="accounts.provider_refused")[0].data["reason"]


@pytest.mark.parametrize("key", ["staff", "with-secret"])
def test_an_invited_colleague_comes_in_without_a_code_of_ours(
    anna: Actor, browser: Browser, provider: RunningProvider, key: str
) -> None:
    assert back(browser, provider, "anna", key).status_code == 302
    assert browser.is_in()
    assert (Identity.objects.get().user_id, Identity.objects.get().subject) == (anna.user, "pairwise-anna")
    again = Browser()
    assert back(again, provider, "anna", key).status_code == 302
    assert again.is_in()


def test_a_provider_speaks_for_no_colleague_of_another_organisation(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    file = provider.folder / "identity.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Desk.example", "another.example"), encoding="utf-8")
    assert back(browser, provider, "anna").status_code == 403
    assert (reason(), Identity.objects.exists()) == ("not_allowed", False)


def test_an_address_alone_opens_no_account_of_an_administrator(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    national = organisation("Beheer", region="", kind="national")
    colleague("anna@desk.example", Role.ADMINISTRATOR, at=national)
    assert back(browser, provider, "anna").status_code == 403
    assert not Identity.objects.exists()


def test_the_provider_is_asked_with_pkce_state_nonce_and_the_lowest_level_accepted(
    db: None, browser: Browser, provider: RunningProvider
) -> None:
    first, second = (provider.asked(away(browser)) for _ in range(2))
    assert (first["response_type"], first["code_challenge_method"], first["acr_values"]) == ("code", "S256", HIGH)
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_somebody_goes_on_to_the_page_they_asked_for_and_to_no_other_site(
    anna: Actor, provider: RunningProvider
) -> None:
    for given, there in (("/nl/privacy/", "/nl/privacy/"), ("//evil.example/", None)):
        browser = Browser()
        query = provider.sign_in(away(browser, next=given), "anna")
        location = browser.client.get(f"/oidc/staff/terug/?{query}")["Location"]
        assert location == there or (there is None and "evil" not in location)


@pytest.mark.parametrize(("user", "why"), [
    ("low", "level"), ("no-level", "level"), ("made-up-level", "level"), ("another-audience", "audience"),
    ("more-audiences", "audience"), ("another-issuer", "issuer"), ("another-nonce", "nonce"), ("too-old", "expired"),
    ("made-long-ago", "moment"), ("stranger", "not_allowed"), ("unproved", "not_allowed"),
])  # fmt: skip
def test_what_is_not_right_in_the_answer_lets_nobody_in(
    anna: Actor, browser: Browser, provider: RunningProvider, user: str, why: str
) -> None:
    assert back(browser, provider, user).status_code == 403
    assert not browser.is_in()
    assert reason() == why
    assert not Identity.objects.exists()


def test_a_state_works_once_and_only_in_the_browser_that_was_sent(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    query = provider.sign_in(away(browser), "anna")
    thief = Browser()
    away(thief)
    assert thief.client.get(f"/oidc/staff/terug/?{query}").status_code == 403
    assert reason() == "state"
    assert browser.client.get(f"/oidc/staff/terug/?{query}").status_code == 302
    browser.client.post(f"{START}uit/")
    assert browser.client.get(f"/oidc/staff/terug/?{query}").status_code == 403
    assert not browser.is_in()


def test_a_state_is_used_up_by_an_answer_that_was_refused_too(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    query = provider.sign_in(away(browser), "low")
    for why in ("level", "state"):
        assert browser.client.get(f"/oidc/staff/terug/?{query}").status_code == 403
        assert reason() == why


def test_a_code_of_somebody_else_put_into_ones_own_sign_in_is_refused(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    """The provider binds a code to the challenge of the browser that asked for it."""
    thief = Browser()
    victim, own = (parse_qs(provider.sign_in(away(one), "anna")) for one in (browser, thief))
    query = urlencode({"code": victim["code"][0], "state": own["state"][0]})
    assert thief.client.get(f"/oidc/staff/terug/?{query}").status_code == 403
    assert reason() == "code"
    assert not thief.is_in()


@pytest.mark.parametrize(("changed", "why"), [
    ({"state": "another"}, "state"), ({"iss": "https://another.example"}, "issuer"), ({"code": "made-up"}, "code"),
    ({"error": "access_denied"}, "stopped"),
])  # fmt: skip
def test_an_answer_that_was_changed_on_the_way_is_refused(
    anna: Actor, browser: Browser, provider: RunningProvider, changed: dict[str, str], why: str
) -> None:
    given = {name: values[0] for name, values in parse_qs(provider.sign_in(away(browser), "anna")).items()}
    assert browser.client.get("/oidc/staff/terug/", {**given, **changed}).status_code == 403
    assert reason() == why


def test_an_answer_for_one_provider_is_not_taken_for_another(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    query = provider.sign_in(away(browser), "anna")
    assert browser.client.get(f"/oidc/with-secret/terug/?{query}").status_code == 403
    assert reason() == "state"


def test_a_wrong_key_or_secret_of_ours_is_refused_by_the_provider(
    anna: Actor, browser: Browser, provider: RunningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_SECRET", "guessed")
    assert back(browser, provider, "anna", "with-secret").status_code == 403
    assert reason() == "code"


def test_a_provider_that_does_not_say_how_sure_it_is_counts_as_one_factor(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    assert back(browser, provider, "anna", "no-levels")["Location"] == f"{START}code/instellen/"
    assert not browser.is_in()
    browser.set_up()
    assert browser.is_in()


def test_a_citizen_comes_in_through_a_broker_by_a_pairwise_name_at_a_path(
    db: None, browser: Browser, provider: RunningProvider
) -> None:
    assert back(browser, provider, "citizen", "citizen").status_code == 302
    assert browser.is_in()
    assert (User.objects.get().email, Identity.objects.get().subject) == (None, "pairwise-7f3a")


def test_a_citizen_service_number_is_refused_and_kept_nowhere(
    db: None, browser: Browser, provider: RunningProvider
) -> None:
    assert back(browser, provider, "service-number", "citizen").status_code == 403
    assert reason() == "service_number"
    assert not User.objects.exists()
    assert "999990019" not in str(journal.latest_events(action="accounts.provider_refused", limit=9))


class Metadata(BaseHTTPRequestHandler):
    """A provider that gives nothing but a description of itself."""

    told: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        body = json.dumps(self.told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.mark.parametrize(("told", "status"), [
    ({}, 503), ({"authorization_endpoint": "http://login.example/o"}, 503),
    ({"issuer": "https://another.example"}, 403),
])  # fmt: skip
def test_a_provider_that_describes_itself_wrongly_is_said(
    db: None, browser: Browser, provider: RunningProvider, told: dict[str, str], status: int
) -> None:
    with HTTPServer(("127.0.0.1", 0), Metadata) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        own = f"http://127.0.0.1:{server.server_port}/o"
        Metadata.told = {"issuer": own, **told}
        file = provider.folder / "identity.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(provider.issuer, own), encoding="utf-8")
        answer = browser.client.get(f"{START}met/staff/")
        server.shutdown()
    assert answer.status_code == status
    assert "Je bent niet ingelogd" in answer.content.decode()


def test_the_door_shows_the_providers_and_a_provider_that_is_down_is_said(
    db: None, browser: Browser, provider: RunningProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Gemeente Verzonnen" in browser.client.get(START).content.decode()
    file = Path(provider.folder / "identity.yaml")
    file.write_text(file.read_text().replace(provider.issuer, "http://127.0.0.1:9/o"), encoding="utf-8")
    assert browser.client.get(f"{START}met/staff/").status_code == 503
    assert browser.client.get(f"{START}met/nobody/").status_code == 404


def test_signing_out_leads_to_signing_out_at_the_provider_and_back(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    back(browser, provider, "anna")
    out = browser.client.post(f"{START}uit/", follow=True)
    assert "Log ook uit bij Gemeente Verzonnen" in out.content.decode()
    assert not browser.is_in()
    there = str(browser.client.get(f"{START}met/staff/uit/")["Location"])
    assert provider.asked(there) == {
        "client_id": "dichterbij", "post_logout_redirect_uri": "http://localhost/oidc/staff/uit/",
    }  # fmt: skip
    returned, still_in = provider.sign_out("anna", there)
    assert (returned.partition("?")[0], still_in) == ("http://localhost/oidc/staff/uit/", False)
    assert browser.client.get("/oidc/staff/uit/")["Location"] == f"{START}uit/"


def test_after_a_code_of_our_own_and_a_change_of_role_the_provider_is_still_known(
    anna: Actor, browser: Browser, provider: RunningProvider
) -> None:
    colleague("anna@desk.example", Role.COORDINATOR, at=organisation("Tweede"))
    back(browser, provider, "anna", "no-levels")
    browser.set_up()
    role = browser.client.get(f"{START}rol/").context["roles"][0]
    browser.client.post(f"{START}rol/", {"membership": role.id})
    assert "Log ook uit bij Zonder niveau" in browser.client.post(f"{START}uit/", follow=True).content.decode()


def test_who_came_in_with_a_link_is_sent_to_no_provider(anna: Actor, browser: Browser) -> None:
    browser.come_in("anna@desk.example")
    out = browser.client.post(f"{START}uit/", follow=True)
    assert "Log ook uit" not in out.content.decode()
    assert browser.client.get(f"{START}met/nobody/uit/").status_code == 404


@pytest.mark.parametrize(
    ("user", "key", "kvk"),
    [("employer", "employer", "00000011"), ("odd-kvk", "employer", ""), ("employer", "no-level", "")],
)
def test_an_employer_acts_for_the_number_that_was_told_surely_enough(
    browser: Browser, provider: RunningProvider, user: str, key: str, kvk: str
) -> None:
    assert back(browser, provider, user, key).status_code == 302
    assert browser.is_in()
    assert browser.client.session.get("kvk", "") == kvk
