"""Tries to read what is not yours: pages, searches, exports, the doors of domains, and queries without their filter.

Every try is drawn from a seeded random generator and gives back text. What is in it is searched for marks: words that
are only in rows which the visitor may not see.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Count, Max, Model, Q
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import Tab
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.referral.tabs import TABS
from support.isolation import KEYS, MARK, TABLES, WORDS, Visitor, World
from support.roles import browser_of
from support.sweeping import undone

MODELS: dict[str, type[Model]] = {model._meta.db_table: model for model in apps.get_models()}
# {t}: a table, {k}: its key, {u}: another table, {m}: a mark that the visitor may not see.
STATEMENTS = (
    "SELECT t::text FROM {t} t",
    "TABLE {t}",
    "SELECT row_to_json(t) FROM {t} t ORDER BY random()",
    "SELECT string_agg(t::text, ',') FROM {t} t",
    "WITH x AS MATERIALIZED (SELECT * FROM {t}) SELECT x::text FROM x",
    "SELECT t::text FROM {t} t WHERE {k} IS NOT NULL OR true",
    "SELECT t::text FROM {t} t UNION ALL SELECT u::text FROM {u} u",
    "SELECT t::text, u::text FROM {t} t CROSS JOIN {u} u LIMIT 200",
    "SELECT t::text FROM {t} t WHERE t::text LIKE '%{m}%'",
    "SELECT t::text FROM {t} t WHERE EXISTS (SELECT 1 FROM {u} u WHERE u::text LIKE '%{m}%')",
    "SELECT (SELECT string_agg(t::text, '') FROM {t} t) FROM {u} u LIMIT 1",
    "SELECT lag(t::text) OVER (), t::text FROM {t} t",
    "SELECT t::text FROM {t} t TABLESAMPLE SYSTEM (100)",
    "SELECT t::text FROM {t} t FOR SHARE",
    "UPDATE {t} t SET {k} = {k} RETURNING t::text",
    "DELETE FROM {t} t RETURNING t::text",
    "CREATE TEMP TABLE kept AS SELECT t::text AS row FROM {t} t; SELECT row FROM kept",
    "SELECT max(t::text), min(t::text) FROM {t} t GROUP BY GROUPING SETS ((), ({k}))",
    "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = '{t}'",
    "SELECT s::text FROM pg_statistic s",
    "SET LOCAL row_security = off; SELECT t::text FROM {t} t",
    "SELECT (t::text)::integer FROM {t} t",
    "SELECT query_to_xml('SELECT * FROM {t}', true, true, '')::text",
    "SELECT table_to_xml('{t}', true, true, '')::text",
    "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM {t} WHERE {k}::text > '{m}'",
    "SELECT data::text FROM journal_auditevent",
)
# The answer of these is an error or a number; it must not depend on a row that is not seen.
ORACLES = (
    "SELECT count(*) FROM {t} t WHERE t::text LIKE '%{m}%'",
    "SELECT 1 / (CASE WHEN t::text LIKE '%{m}%' THEN 0 ELSE 1 END) FROM {t} t WHERE t::text LIKE '%{m}%'",
    "SELECT count(*) FROM {t} t JOIN {u} u ON u::text LIKE '%{m}%'",
    "SELECT coalesce(bool_or(t::text LIKE '%{m}%')::int, 0) FROM {t} t",
)


@dataclass(frozen=True)
class Try:
    """What was tried (with the words that were typed), and what came back. `is_oracle`: anything at all is a leak."""

    what: str
    text: str
    is_oracle: bool = False


def leaks(world: World, visitor: Visitor, tries: Iterator[Try], *, at_a_door: bool = False) -> Iterator[str]:
    """Every try that gave this visitor something. `at_a_door`: through a page or domain, where the role counts too."""
    forbidden = set(world.forbidden(_as_seen_at_doors(visitor) if at_a_door else visitor))
    for one in tries:
        found = set(WORDS.findall(one.text)) & forbidden - set(WORDS.findall(one.what))
        if found or (one.is_oracle and one.text):
            yield f"{visitor.name}: {one.what} gave {sorted(found)[:3] or one.text[:80]}"


def of_sql(world: World, visitor: Visitor, draw: Random, number: int) -> Iterator[Try]:
    """Statements of one's own, as whoever acts in the same transaction."""
    forbidden = world.forbidden(visitor)
    with visitor.speaking():
        for _ in range(number):
            is_oracle = draw.random() < 0.25
            table, other = draw.choice(TABLES), draw.choice(TABLES)
            given = {"t": table, "k": KEYS[table], "u": other, "m": draw.choice(forbidden)}
            statement = draw.choice(ORACLES if is_oracle else STATEMENTS).format(**given)
            yield Try(statement, _answer(statement, is_oracle=is_oracle), is_oracle)


def of_orm(world: World, visitor: Visitor, draw: Random, number: int) -> Iterator[Try]:
    """Querysets whose filter on whose rows they are was forgotten."""
    with visitor.speaking():
        for _ in range(number):
            model = MODELS[draw.choice(TABLES)]
            name, ask = draw.choice(QUERIES)
            yield Try(f"{model.__name__} {name}", str(ask(model, draw)))


def of_doors(world: World, visitor: Visitor, draw: Random, number: int) -> Iterator[Try]:
    """The queries that pages call, with somebody else's ids and words."""
    for _ in range(number):
        name, ask = draw.choice(DOORS)
        with undone():
            try:
                found = ask(_actor(visitor), world, draw)
            except (NotFoundError, NotAllowedError):
                found = ""
        yield Try(name, str(found))


def of_pages(world: World, visitor: Visitor, draw: Random, number: int) -> Iterator[Try]:
    """Pages, searches and exports in a browser in which the visitor is signed in."""
    browser = browser_of(visitor.somebody)
    for _ in range(number):
        name, ask = draw.choice(PAGES)
        with undone():
            answer = ask(browser, world, draw)
        assert answer.status_code < 500, f"{visitor.name}: {name} broke"
        text = answer.content.decode(errors="replace")
        yield Try(name, text if answer.status_code < 400 or MARK in text else "")


def _answer(statement: str, *, is_oracle: bool) -> str:
    try:
        with undone(), connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    except DatabaseError as error:
        told = str(error).split("LINE")[0]
        return ("told: division" if "division" in told else "") if is_oracle else told
    return "".join(str(row) for row in rows if row != (0,)) if is_oracle else str(rows)


def _as_seen_at_doors(visitor: Visitor) -> Visitor:
    """Behind a door the role counts too: who has no work with people sees none, whatever the organisation sees."""
    if visitor.role in (Role.ADVISER, Role.COORDINATOR, Role.NATIONAL_TEAM):
        return visitor
    return Visitor(visitor.name, person=_own_person(visitor))


def _own_person(visitor: Visitor) -> UUID | None:
    if visitor.role is not Role.CITIZEN or visitor.somebody is None:
        return visitor.person
    return next(iter(people.people_of_account(visitor.somebody.actor)), None)


def _actor(visitor: Visitor) -> Actor:
    assert visitor.somebody
    return visitor.somebody.actor


def _somebodys(world: World, draw: Random, table: str, column: str) -> Any:
    return draw.choice(world.rows[table])[column]


def _person(actor: Actor, world: World, draw: Random) -> Any:
    one, purpose = _somebodys(world, draw, "people_person", "id"), draw.choice(("guide_person", "hand_over"))
    return asdict(people.person(actor=actor, person=one, purpose=purpose, now=timezone.now()))


def _people(actor: Actor, world: World, draw: Random) -> Any:
    search = draw.choice(("", MARK, MARK.lower(), "%", "_", _somebodys(world, draw, "people_contact", "value")))
    found = people.people(actor=actor, purpose="hand_over", now=timezone.now(), search=search, limit=500)
    return [asdict(line) for line in found]


def _names(actor: Actor, world: World, draw: Random) -> Any:
    everybody = [row["id"] for row in world.rows["people_person"]]
    return people.names(actor=actor, people=everybody, purpose="hand_over", now=timezone.now())


def _today(actor: Actor, world: World, draw: Random) -> Any:
    reference = _somebodys(world, draw, "referral_handover", "reference")
    tab, search = draw.choice(tuple(Tab)), draw.choice(("", MARK, "%", reference))
    return [asdict(row) for row in queries.today(actor=actor, tab=tab, now=timezone.now(), search=search, limit=500)]


def _handover(actor: Actor, world: World, draw: Random) -> Any:
    row, steps = queries.handover(
        actor=actor, handover=_somebodys(world, draw, "referral_handover", "id"), now=timezone.now()
    )
    return asdict(row), [asdict(step) for step in steps]


def _agenda(actor: Actor, world: World, draw: Random) -> Any:
    return [asdict(row) for row in queries.agenda(actor=actor, now=timezone.now()).rows]


def _own_people(actor: Actor, world: World, draw: Random) -> Any:
    return [asdict(people.own_page(person=one, now=timezone.now()).person) for one in people.people_of_account(actor)]


DOORS: tuple[tuple[str, Callable[[Actor, World, Random], Any]], ...] = (
    ("people.person", _person), ("people.people", _people), ("people.names", _names), ("referral.today", _today),
    ("referral.handover", _handover), ("referral.agenda", _agenda), ("people.people_of_account", _own_people),
)  # fmt: skip
QUERIES: tuple[tuple[str, Callable[[type[Model], Random], Any]], ...] = (
    ("all", lambda model, draw: list(model.objects.values())),  # type: ignore[attr-defined]
    ("or true", lambda model, draw: list(model.objects.filter(Q(pk__isnull=False) | Q()).values_list())),  # type: ignore[attr-defined]
    ("exclude", lambda model, draw: list(model.objects.exclude(pk=None).order_by("?").values())),  # type: ignore[attr-defined]
    ("joined", lambda model, draw: [vars(row) for row in model.objects.select_related()]),  # type: ignore[attr-defined]
    ("counted", lambda model, draw: model.objects.aggregate(number=Count("pk"))),  # type: ignore[attr-defined]
    ("grouped", lambda model, draw: list(model.objects.values(*_columns(model, draw)).annotate(n=Count("pk")))),  # type: ignore[attr-defined]
    ("largest", lambda model, draw: model.objects.aggregate(most=Max(_columns(model, draw)[0]))),  # type: ignore[attr-defined]
    ("first", lambda model, draw: [vars(row) for row in [model.objects.order_by("?").first()] if row]),  # type: ignore[attr-defined]
    ("union", lambda model, draw: list(model.objects.values_list().union(model.objects.values_list(), all=True))),  # type: ignore[attr-defined]
)


def _columns(model: type[Model], draw: Random) -> list[str]:
    """Two columns that have an order."""
    plain = [field.attname for field in model._meta.concrete_fields
             if field.get_internal_type() in ("TextField", "DateTimeField", "IntegerField", "DateField")]  # fmt: skip
    return draw.sample(plain, min(2, len(plain)))


def _tab(draw: Random) -> str:
    return draw.choice(tuple(TABS))


def _search(browser: Client, world: World, draw: Random) -> Any:
    return browser.post(f"/nl/vandaag/{_tab(draw)}/", {"zoek": draw.choice((MARK, "%", "06", "_", "'"))})


def _page_of(path: str, table: str) -> Callable[[Client, World, Random], Any]:
    return lambda browser, world, draw: browser.get(path.format(_somebodys(world, draw, table, "id")))


def _move(browser: Client, world: World, draw: Random) -> Any:
    row = draw.choice(world.rows["referral_handover"])
    form = {"move": draw.choice(("accept", "return", "redirect", "close", "withdraw")), "version": row["version"],
            "reason": "nee", "ending": "work"}  # fmt: skip
    return browser.post(f"/nl/vandaag/overdracht/{row['id']}/doen/", form, follow=True)


PAGES: tuple[tuple[str, Callable[[Client, World, Random], Any]], ...] = (
    ("list", lambda browser, world, draw: browser.get(f"/nl/vandaag/{_tab(draw)}/")),
    ("export", lambda browser, world, draw: browser.get(f"/nl/vandaag/{_tab(draw)}/bestand.csv")),
    ("search", _search),
    ("hand-over", _page_of("/nl/vandaag/overdracht/{}/", "referral_handover")),
    ("hand-over, to the same", _page_of("/en/vandaag/overdracht/{}/", "referral_step")),
    ("move", _move),
    ("meeting", lambda browser, world, draw: browser.get("/nl/vandaag/casusoverleg/")),
    ("figures", lambda browser, world, draw: browser.get("/nl/vandaag/cijfers/?regio=AM15")),
    ("person's page by id", _page_of("/nl/mijn/{}/", "people_person")),
    ("person's file by id", _page_of("/nl/mijn/{}/meenemen.json", "people_key")),
    ("own page by id", _page_of("/nl/mijn/ik/{}/", "people_person")),
    ("own file by id", _page_of("/nl/mijn/ik/{}/meenemen.json", "people_person")),
    ("hand-over's link by id", _page_of("/nl/overdracht/{}/", "referral_handover")),
    ("members", lambda browser, world, draw: browser.get("/nl/beheer/", {"zoek": MARK})),
)
