"""A program that asks the API, and checks what holds for every answer: also that it is what the description says."""

import json
import re
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from dichterbij.api.document import FILE
from dichterbij.domains.accounts import actions
from support.accounts import organisation

BASE = "/api/v1"
DESCRIBED: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


class Program:
    """Without an account or a cookie; with a key when it was given one."""

    def __init__(self, key: str = "") -> None:
        self.key = key
        self.client = Client(headers={"Authorization": f"Bearer {key}"} if key else {})

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        """The body of an answer."""
        return self.checked(self.client.get(whole(path), headers=headers), status)

    def post(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        """The body of an answer to this JSON."""
        sent = self.client.post(whole(path), body, content_type="application/json", headers=headers)
        return self.checked(sent, status)

    def text(self, path: str, **headers: str) -> str:
        """What is streamed in another form than JSON."""
        answer = self.client.get(whole(path), headers=headers)
        assert answer.status_code == 200, answer
        assert (answer["API-Version"], answer["Cache-Control"]) == (DESCRIBED["info"]["version"], "no-store")
        assert answer["Content-Type"] == f"{headers['Accept']}; charset=utf-8"
        return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

    def checked(self, answer: HttpResponse, status: int) -> Any:
        """The body, when the answer is this one and as it must be."""
        assert answer.status_code == status, answer.content[:500]
        return as_described(answer)


def with_right(*rights: str) -> Program:
    """A program of a new organisation that may do this until tomorrow."""
    now = timezone.now()
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    made = actions.add_program(
        name="Rekenmachine", organisation=organisation(f"Beheer {uuid4()}", region="", kind="national"), rights=rights,
        ends_on=tomorrow, now=now,
    )  # fmt: skip
    return Program(made.key)


def whole(path: str) -> str:
    """The address with its beginning."""
    return path if path.startswith(BASE) else BASE + path


def as_described(answer: HttpResponse) -> Any:
    """The body: the version is told, nobody keeps it, what goes wrong is a problem, and all of it has its shape."""
    assert (answer["API-Version"], answer["Cache-Control"]) == (DESCRIBED["info"]["version"], "no-store")
    kind = answer["Content-Type"].partition(";")[0]
    assert kind == ("application/problem+json" if answer.status_code >= 400 else "application/json")
    told, request = answer.json(), answer.wsgi_request  # type: ignore[attr-defined]
    template = next((one for one in DESCRIBED["paths"] if _matches(one, request.path)), None)
    operation = DESCRIBED["paths"].get(template, {}).get(request.environ["REQUEST_METHOD"].lower())
    if operation is None:  # an address that is none of the API's
        assert answer.status_code in (404, 405)
        template, shape = "", "Probleem"
    else:
        responses = operation["responses"]
        assert str(answer.status_code) in responses, (template, answer.status_code)
        shape = responses[str(answer.status_code)]["content"][kind]["schema"]["$ref"].rpartition("/")[2]
    wrong = sorted(one.message for one in _validator(shape).iter_errors(told))
    assert wrong == [], (template, wrong[:3])
    return told


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(BASE + re.sub(r"\{\w+\}", "[^/]+", template), path) is not None


@lru_cache(maxsize=64)
def _validator(shape: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{shape}", "components": DESCRIBED["components"]})
