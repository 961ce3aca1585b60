"""The description of the API is true, keeps to the NLGov rules (2.2), and no question breaks what answers."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dichterbij.api import VERSION, document
from dichterbij.api.urls import api
from support.programs import BASE, DESCRIBED, as_described
from support.schemes import opened

pytestmark = pytest.mark.usefixtures("site")
PATHS: dict[str, dict[str, Any]] = DESCRIBED["paths"]
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, found in PATHS.items():
        for method, operation in found.items():
            yield path, method, operation


def properties() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, schema in DESCRIBED["components"]["schemas"].items():
        for field, value in schema.get("properties", {}).items():
            yield name, field, value


def test_the_committed_description_is_what_the_code_makes() -> None:
    assert document.FILE.read_text(encoding="utf-8") == document.written(api), "run: python -m dichterbij.api"


def test_everybody_reads_the_description_from_every_site() -> None:
    answer = Client().get(f"{BASE}/openapi.json")
    assert answer.content == document.FILE.read_bytes()
    assert (answer["Access-Control-Allow-Origin"], answer["API-Version"]) == ("*", VERSION)


def test_it_says_who_to_ask_and_which_version_it_is() -> None:
    assert DESCRIBED["openapi"].startswith("3.1")
    assert {"name", "email", "url"} <= set(DESCRIBED["info"]["contact"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", DESCRIBED["info"]["version"])
    assert [server["url"] for server in DESCRIBED["servers"]] == [f"/api/v{VERSION.partition('.')[0]}"]


def test_addresses_are_kebab_case_without_a_slash_at_the_end() -> None:
    assert [path for path in PATHS if not re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+", path)] == []


def test_every_part_of_an_address_is_described() -> None:
    for path, _, operation in operations():
        named = {one["name"] for one in operation["parameters"] if one["in"] == "path"} if "{" in path else set()
        assert named == set(re.findall(r"\{(\w+)\}", path))


def test_names_are_camel_case_but_for_the_facts_of_a_scheme_and_the_problem_details() -> None:
    queries = {one["name"] for _, _, operation in operations() for one in operation.get("parameters", ())
               if one["in"] == "query"}  # fmt: skip
    fields = {field for name, field, _ in properties() if name != "Feiten"}
    assert [one for one in queries | fields if not re.fullmatch(r"_links|[a-z]+([A-Z][a-z0-9]*)*", one)] == []
    assert [name for name in DESCRIBED["components"]["schemas"] if not re.fullmatch(r"([A-Z][a-z]+)+", name)] == []


def test_each_operation_has_a_name_of_its_own_and_says_what_it_is_for() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
    assert [path for path, _, operation in operations() if not operation["summary"] or not operation["tags"]] == []


def test_every_answer_tells_the_version_and_every_mistake_is_a_problem() -> None:
    for path, _, operation in operations():
        assert {"400", "500", "503"} <= set(operation["responses"])
        for status, answer in operation["responses"].items():
            assert "API-Version" in answer["headers"], path
            is_problem = set(answer["content"]) == {"application/problem+json"}
            assert is_problem == (status >= "400"), (path, status)
    problem = DESCRIBED["components"]["schemas"]["Probleem"]
    assert {"status", "title", "detail"} <= set(problem["required"])


def test_days_and_moments_say_what_they_are() -> None:
    formats = {one["format"] for _, _, value in properties() for one in (value, *value.get("anyOf", ()))
               if "format" in one}  # fmt: skip
    assert formats == {"date", "date-time"}
    for _, field, value in properties():
        if field in ("dag", "versie", "uiterlijk") or field.endswith("Op"):
            assert "format" in str(value), field


def test_every_shape_is_a_schema() -> None:
    for schema in DESCRIBED["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


ODD = st.one_of(
    st.text(min_size=1, max_size=20), st.integers().map(str), st.just("employer_subsidy"), st.just("2022-05-13"),
    st.just("\x00"), st.just("AV-7K4M-2Q9P"), st.just("é" * 9),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
FACTS = st.dictionaries(
    st.sampled_from(
        ["applicant", "employer", "group", "person", "category", "quantity", "cost_cents", "own_cents", "start", "met"]
    ),
    st.one_of(
        JSON,
        st.sampled_from(
            [
                "employer",
                "kvk:12345678",
                "open_hiring",
                "2022-02-29",
                "2022-07-01",
                ["interview"],
                10**30,
                {"naam": "Sami", "geboortedatum": "2022-02-29"},
            ]
        ),
    ),
)
GETS = [path for path, method, _ in operations() if method == "get"]
POSTS = [path for path, method, _ in operations() if method == "post"]
KEYED = [path for path, _, operation in operations() if "security" in operation]


def asked(path: str, odd: str) -> str:
    """The address with something odd in it, as a browser would send it."""
    part = quote(odd.encode("utf-8", "surrogatepass"), safe="") or "x"
    return BASE + re.sub(r"\{\w+\}", lambda _: part, path)


@given(st.sampled_from(GETS), ODD, st.dictionaries(st.sampled_from(["pagina", "soort", "regio", "x"]), ODD, max_size=2))
@QUICK
def test_no_question_breaks_what_answers(path: str, odd: str, query: dict[str, str]) -> None:
    headers = {"Idempotency-Key": str(uuid4()), "Bewijs": "0" * 64}
    answer = Client().get(asked(path, odd), query, headers=headers)
    assert answer.status_code in ((401, 400) if path in KEYED else (200, 400, 404)), answer.content
    if "%2F" not in asked(path, odd):
        as_described(answer)


@given(st.sampled_from(POSTS), st.sampled_from(["employer_subsidy", "contract_test", "reintegration"]),
       JSON | st.fixed_dictionaries({"feiten": FACTS}) | st.fixed_dictionaries({"aanvrager": JSON, "feiten": FACTS}),
       st.sampled_from([str(uuid4()), "", "é"]))  # fmt: skip
@QUICK
def test_nothing_that_is_sent_breaks_what_receives(path: str, slug: str, body: Any, key: str) -> None:
    sent = json.dumps(body)
    address = BASE + path.replace("{regeling}", slug)
    answer = Client().post(address, sent, content_type="application/json", headers={"Idempotency-Key": key})
    assert answer.status_code in ((401,) if path in KEYED else (200, 201, 400, 403, 404, 409, 422)), answer.content
    as_described(answer)


@pytest.mark.parametrize("path", ["/regelingen/%00/openstellingen", "/geld/saldi?regio=%00", "/%00"])
def test_a_sign_that_is_no_text_is_no_fault_of_ours(path: str) -> None:
    answer = Client().get(BASE + path)
    assert answer.status_code in (400, 404)
    as_described(answer)


@given(st.binary(max_size=40))
@QUICK
def test_no_bytes_break_what_receives(body: bytes) -> None:
    for path in POSTS:
        address = BASE + path.replace("{regeling}", "employer_subsidy")
        answer = Client().post(
            address, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
        )
        assert answer.status_code == (401 if path in KEYED else 400), answer.content
        as_described(answer)


@pytest.fixture(scope="module", autouse=True)
def a_round(site: None) -> None:
    """A scheme that takes applications, so that some of them get further than the door."""
    opened(slug="contract_test")
