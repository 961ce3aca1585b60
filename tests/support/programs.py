"""A program that asks the API, and checks what holds for every answer."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

BASE = "/api/v1"


class Program:
    """A program that asks, and checks what holds for every answer."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        """The body of an answer."""
        return self.checked(self.client.get(_whole(path), headers=headers), status)

    def post(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        """The body of an answer to this JSON."""
        sent = self.client.post(_whole(path), body, content_type="application/json", headers=headers)
        return self.checked(sent, status)

    def checked(self, answer: HttpResponse, status: int) -> Any:
        """The version is told, nobody keeps the answer, and what goes wrong is a problem."""
        assert answer.status_code == status, answer.content[:500]
        assert (answer["API-Version"], answer["Cache-Control"]) == ("1.0.0", "no-store")
        is_problem = answer["Content-Type"] == "application/problem+json"
        assert is_problem == (status >= 400)
        told = answer.json()
        if is_problem:
            assert {"type", "title", "status", "detail"} <= set(told)
            assert told["status"] == status
        return told


def _whole(path: str) -> str:
    return path if path.startswith(BASE) else BASE + path
