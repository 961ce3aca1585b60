"""Behind each door: the top tasks in the order of the questions, and a desk at the end."""

import re
import urllib.error
import urllib.request

import pytest

from dichterbij.web.doors import tasks
from dichterbij.web.site import navigation


def ask(address: str) -> tuple[int, str]:
    try:
        answer = urllib.request.urlopen(address, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read().decode()


@pytest.mark.parametrize(
    ("path", "title", "last"),
    [("werk", "Ik zoek werk", "Wie helpt mij?"), ("mensen", "Ik zoek mensen", "Wie denkt met mij mee?")],
)
def test_a_door_ends_with_who_helps(address: str, path: str, title: str, last: str) -> None:
    status, html = ask(f"{address}/nl/{path}/")
    assert status == 200
    assert title in html
    headings = re.findall(r'id="part-\d+">([^<]+)<', html)
    assert headings[-1] == last
    assert html.index(last) < html.index("Liever iemand spreken?") < html.index("(0XX) 000 00 10")


@pytest.mark.parametrize("questions", [tasks.WORK, tasks.PEOPLE], ids=["work", "people"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_task_has_a_name_and_one_line(questions: tuple[tasks.Question, ...], language: str) -> None:
    for task in (task for question in questions for task in question.tasks):
        assert task.label or task.name in navigation.LABELS
        assert str(task.line).endswith(".")
    parts = tasks.parts(questions, language)
    assert all(link.url.startswith("/") for part in parts for link in part.links)


def test_a_question_without_a_page_is_left_out() -> None:
    nobody = tasks.Question("Nobody?", (tasks.Task("nobody:home", "Nothing."),))
    desk = tasks.Question("Somebody?", (tasks.Task("desks:start", "A desk."),))
    assert [part.words for part in tasks.parts((nobody, desk), "nl")] == ["Somebody?"]


def test_the_steps_of_a_helper_make_five_minutes() -> None:
    from dichterbij.web.content.pages import page

    minutes = {"een halve minuut": 0.5, "een minuut": 1, "twee minuten": 2}
    steps = [section.heading for section in page("help", "helper", "nl").sections if section.id.startswith("step-")]
    assert sum(minutes[step.partition("(")[2].rstrip(")")] for step in steps) == 5


def test_a_helper_reads_what_not_to_ask(address: str) -> None:
    html = ask(f"{address}/nl/helpen/")[1]
    assert "Geen ziekte en geen diagnose." in html
    assert "<strong>onbekend</strong>" in html


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_poster_shows_its_address_in_letters_and_the_desk(address: str, language: str) -> None:
    status, html = ask(f"{address}/{language}/helpen/poster/?regio=AM05")
    assert status == 200
    host = address.partition("://")[2]
    assert re.search(rf"<strong>{host}/{language}/\w+/AM05</strong>", html)
    assert "(0XX) 000 05 01" in html
    assert '<svg class="qr"' in html


def test_a_poster_of_no_region_asks_for_one(address: str) -> None:
    status, html = ask(f"{address}/nl/helpen/poster/?regio=AM99")
    assert status == 422
    assert "We kennen die regio niet" in html
    assert '<svg class="qr"' not in html
