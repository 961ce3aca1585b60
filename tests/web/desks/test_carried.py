"""What somebody already told on another page is not asked again."""

from django.test import Client

START = "/nl/loket/"


def test_who_and_topic_of_a_route_lead_to_the_desk_after_one_question(visitor: Client) -> None:
    page = visitor.get(f"{START}?wie=job_seeker&over=open_hiring").content.decode()
    assert "Eén vraag, en je weet wie je belt" in page
    assert "Je vraag: Werk zonder solliciteren" in page
    answer = visitor.post(f"{START}?wie=job_seeker&over=open_hiring", {"where": "7511"})
    assert answer.headers["Location"] == "/nl/loket/AM05/job_seeker/open_hiring/"
    assert "mijn naam op de lijst" in visitor.get(answer.headers["Location"]).content.decode()


def test_a_topic_alone_leaves_the_question_who(visitor: Client) -> None:
    answer = visitor.post(f"{START}?over=open_hiring", {"where": "7511"})
    assert answer.headers["Location"] == "/nl/loket/AM05/?over=open_hiring"
    page = visitor.get(answer.headers["Location"]).content.decode()
    assert "Stap 2 van 2" in page
    on = visitor.post(answer.headers["Location"], {"who": "employer"})
    assert on.headers["Location"] == "/nl/loket/AM05/employer/open_hiring/"


def test_a_topic_that_does_not_fit_is_asked(visitor: Client) -> None:
    answer = visitor.post(f"{START}?wie=employer&over=debts", {"where": "7511"})
    assert answer.headers["Location"] == "/nl/loket/AM05/employer/?wie=employer"
    assert "Stap 2 van 2" in visitor.get(answer.headers["Location"]).content.decode()


def test_a_postcode_with_a_dash_is_understood(visitor: Client) -> None:
    answer = visitor.post(f"{START}?wie=job_seeker&over=work", {"where": "7511-AB"})
    assert answer.headers["Location"] == "/nl/loket/AM05/job_seeker/work/"
