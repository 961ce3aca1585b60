"""What a written text becomes on a page."""

import pytest
from django.utils.translation import override

from dichterbij.web.content.templatetags.content import markdown


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_link_to_a_page_follows_the_language_of_the_reader(language: str) -> None:
    with override(language):
        html = markdown("[Zoek je loket](page:desks:start#top) of [bel](page:desks:who/AM05).")
    assert f'<a class="nl-link" href="/{language}/loket/#top">Zoek je loket</a>' in html
    assert f'<a class="nl-link" href="/{language}/loket/AM05/">bel</a>' in html


@pytest.mark.parametrize("target", ["page:nobody:home", "page:desks:start/too/many", "page:", "page:desks:start/%00"])
def test_a_link_to_no_page_leaves_its_words(target: str) -> None:
    assert markdown(f"Zie [*dit*]({target}) en [dat](https://example.org).") == (
        '<p class="nl-paragraph">Zie <em>dit</em> en <a class="nl-link" href="https://example.org">dat</a>.</p>\n'
    )


def test_html_and_scripts_in_a_text_are_shown_and_never_run() -> None:
    html = markdown("<script>alert(1)</script> <b>x</b> [y](javascript:alert(1)) [z](data:text/html,x)")
    assert "<script" not in html
    assert "<b>" not in html
    assert "<a " not in html
