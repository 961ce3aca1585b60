"""The page of our own mistakes needs nothing that may be broken."""

import pytest
from django.test import Client, RequestFactory

from dichterbij.web.site import views


@pytest.mark.parametrize(
    ("path", "says"), [("/nl/loket/", "Er ging bij ons iets mis"), ("/en/", "Something went wrong on our side")]
)
def test_the_error_page_comes_without_a_database_in_the_language_of_the_address(path: str, says: str) -> None:
    answer = views.server_error(RequestFactory().get(path))  # this test has no access to a database
    assert answer.status_code == 500
    assert says in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "says"), [("/nl/", "Zo kan deze pagina niet open"), ("/en/", "cannot be opened")])
def test_a_page_for_a_button_that_is_opened_by_hand_says_so(path: str, says: str) -> None:
    answer = Client().get(f"{path}dichtbij/wissen/")
    assert (answer.status_code, answer["Allow"], says in answer.content.decode()) == (405, "POST", True)
    assert Client().delete(f"{path}dichtbij/wissen/").content == b"", "programs get no page"
