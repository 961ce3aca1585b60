"""The operator's file of providers: what is wrong in it is said with its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dichterbij.gateways.identity import claims, read_providers
from dichterbij.shared.errors import InputError

ROW = {
    "key": "gemeente", "door": "staff", "label": {"nl": "Gemeente"}, "issuer": "https://login.example",
    "client_id": "us", "client_secret_env": "SECRET",
}  # fmt: skip


def read(folder: Path, **changes: Any) -> Any:
    file = folder / "identity.yaml"
    row = {name: value for name, value in {**ROW, **changes}.items() if value is not None}
    file.write_text(yaml.safe_dump({"providers": [row]}), encoding="utf-8")
    return read_providers({"DICHTERBIJ_IDENTITY": str(file), "SECRET": "s"})


def test_without_a_file_there_are_no_providers() -> None:
    assert read_providers({}) == {}


def test_usual_claims_are_taken_where_none_are_named_and_paths_where_they_are(tmp_path: Path) -> None:
    provider = read(tmp_path, claims={"subject": ["a.b", "c"]})["gemeente"]
    assert (provider.claims["subject"], provider.claims["level"]) == (("a.b", "c"), ("acr",))


@pytest.mark.parametrize(("changes", "said"), [
    ({"issuer": "http://login.example"}, "https"),
    ({"links_by_email": True}, "mail_domains"),
    ({"links_by_email": True, "mail_domains": "gemeente.example"}, "must be a list"),
    ({"levels": ["low", "high"], "minimum": "middle"}, "minimum"),
    ({"client_secret_env": None}, "private_key"),
    ({"door": "boss"}, "boss"),
    ({"client_id": None}, "client_id"),
    ({"client_secret_env": "NOT_SET"}, "NOT_SET"),
    ({"private_key": "gone.pem", "client_secret_env": None}, "cannot be read"),
])  # fmt: skip
def test_a_mistake_is_said(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(tmp_path, **changes)


def test_a_provider_on_this_machine_needs_no_https(tmp_path: Path) -> None:
    assert read(tmp_path, issuer="http://127.0.0.1:8000/o")["gemeente"].issuer


@pytest.mark.parametrize(("token", "userinfo", "email"), [
    ({"email": "boss@desk.example"}, {"email": "eve@desk.example", "email_verified": True}, "eve@desk.example"),
    ({"email": "eve@desk.example", "email_verified": True}, {"email": "boss@desk.example"}, "eve@desk.example"),
    ({"email_verified": True}, {"email": "boss@desk.example"}, ""),
])  # fmt: skip
def test_an_address_and_that_it_was_checked_are_of_one_document(
    tmp_path: Path, token: dict[str, Any], userinfo: dict[str, Any], email: str
) -> None:
    provider = read(tmp_path, links_by_email=True, mail_domains=["desk.example"])["gemeente"]
    proof = claims.proof({"sub": "eve", **token}, provider, {"sub": "eve", **userinfo})
    assert (proof.email, proof.is_email_proved) == (email, bool(email))
