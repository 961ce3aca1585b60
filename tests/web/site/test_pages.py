"""Pages and error pages of the running site, asked without a browser."""

import re
import urllib.error
import urllib.request
from email.message import Message
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest


def ask(address: str, path: str, data: bytes | None = None, **headers: str) -> tuple[int, str, Message]:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        answer = opener.open(urllib.request.Request(address + path, data, headers), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read().decode(), answer.headers


def test_health_answers_without_a_language(address: str) -> None:
    assert ask(address, "/healthz")[:2] == (200, "ok")


@pytest.mark.parametrize(("accept", "language"), [("nl", "nl"), ("en-GB,en;q=0.9", "en"), ("fr", "nl"), ("", "nl")])
def test_the_start_follows_the_browser_and_is_dutch_otherwise(address: str, accept: str, language: str) -> None:
    _status, page, _headers = ask(address, "/", **{"Accept-Language": accept})
    assert f'<html lang="{language}">' in page


def test_a_page_that_does_not_exist_says_what_to_do(address: str) -> None:
    status, page, _headers = ask(address, "/nl/bestaat-niet/")
    assert status == 404
    assert "We vinden deze pagina niet" in page
    assert 'href="/nl/"' in page


def test_a_form_without_its_token_is_refused_in_plain_words(address: str) -> None:
    status, page, _headers = ask(address, "/nl/loket/", urlencode({"where": "9711"}).encode())
    assert status == 403
    assert "Verstuur dit nog een keer" in page


def test_a_form_that_is_far_too_large_is_refused_in_plain_words(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', opener.open(f"{address}/nl/loket/").read().decode())
    assert token is not None
    form = urlencode({"csrfmiddlewaretoken": token[1], "where": "x" * 1_200_000}).encode()
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(f"{address}/nl/loket/", form)
    status, page = refused.value.status, refused.value.read().decode()
    refused.value.close()
    assert status == 400
    assert "We konden dit niet lezen" in page


def test_nothing_inline_may_run(address: str) -> None:
    policy = ask(address, "/nl/")[2]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/nl/loket/AM99/", "/nl/loket/AM01/nobody/", "/nl/loket/AM01/job_seeker/everything/"])
def test_an_address_nobody_gave_out_is_not_found(address: str, path: str) -> None:
    assert ask(address, path)[0] == 404


def test_a_workplace_that_is_no_region_is_left_out(address: str) -> None:
    for work in ("AM99", "xx", "AM01'--", "%00", ""):
        assert ask(address, f"/nl/loket/AM01/job_seeker/work/?werk={work}")[0] == 200
