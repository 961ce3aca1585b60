"""What these pages share: who acts, the parts beside each other, what was done, and files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.web.handover import proposing
from dichterbij.web.login.who import signed_in
from dichterbij.web.national import words
from dichterbij.web.national.forms import region_names
from dichterbij.web.site.private import private
from dichterbij.web.site.tables import csv_file

PARTS = (
    "national:employers",
    "national:contacts",
    "national:own",
    "national:talks",
    "national:tables",
    "national:lesson-new",
    "national:mailings",
)
DONE = "gedaan"
PART_OF = {"contacts.html": "contacts", "region.html": "contacts", "own.html": "own",
           "talks.html": "talks", "tables.html": "tables", "table.html": "tables", "mailings.html": "mailings",
           "mailing.html": "mailings", "write.html": "mailings", "answers.html": "mailings"}  # fmt: skip


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    return signed_in(request).actor


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page, with the parts that this role may open, and what was done before it."""
    actor = actor_of(request)
    permissions = read_permissions(timezone.localdate())
    parts = [name for name in PARTS if permissions.may_open(actor.role, name)]
    shared = {
        "parts": parts,
        "part": PART_OF.get(template, "employers"),
        "done": words.DONE.get(request.GET.get(DONE, ""), ""),
        "regions": region_names(),
        "is_national": not actor.region,
        "actor": actor,
        "desk": proposing.first_desk(actor.region) if actor.region else None,
    }
    return private(render(request, f"national/{template}", {**shared, **context}, status=status))


def done(what: str, to: str, *arguments: object, part: str = "") -> HttpResponse:
    """On to a page that says so."""
    return private(redirect(f"{reverse(to, args=arguments)}?{DONE}={what}{part}"))


def file(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as a file; no cell is a formula."""
    return private(csv_file(f"{name}-{timezone.localdate()}.csv", head, rows))
