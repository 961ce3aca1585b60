"""The parts pages are built from: a field tied to its words, buttons, notices."""

import re

from django import forms
from django.template import Context, Template


class PlaceForm(forms.Form):
    use_required_attribute = False
    place = forms.CharField(
        label="Your place", help_text="A postcode or a name.", error_messages={"required": "Fill in your place."}
    )
    who = forms.ChoiceField(
        label="Who are you?", choices=[("a", "Somebody"), ("b", "Somebody else")], widget=forms.RadioSelect
    )


def render(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


def test_a_field_shows_label_help_and_error_above_it_in_that_order() -> None:
    html = render("{% field form.place %}", form=PlaceForm({"place": ""}))
    places = [html.index(text) for text in ("Your place", "A postcode or a name.", "Fill in your place.", "<input")]
    assert places == sorted(places)


def test_help_and_error_are_tied_to_the_field_for_a_screen_reader() -> None:
    html = render("{% field form.place %}", form=PlaceForm({"place": ""}))
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    assert described[1].split() == ["id_place-help", "id_place-error"]
    assert all(f'id="{name}"' in html for name in described[1].split())
    assert 'aria-invalid="true"' in html


def test_choices_are_a_group_with_the_question_as_its_legend() -> None:
    html = render("{% field form.who big=True %}", form=PlaceForm())
    assert re.search(r"<legend.*?<h1.*?Who are you\?.*?</legend>", html, re.S)
    assert html.count('type="radio"') == 2
    assert html.count("<label") == 2


def test_the_list_of_errors_links_to_the_fields() -> None:
    html = render("{% errors form %}", form=PlaceForm({"place": ""}))
    assert 'href="#id_place"' in html
    assert 'role="alert"' in html


def test_a_form_without_errors_has_no_list_of_errors() -> None:
    assert render("{% errors form %}", form=PlaceForm()).strip() == ""


def test_what_a_visitor_typed_never_becomes_markup() -> None:
    html = render("{% field form.place %}", form=PlaceForm({"place": '"><script>alert(1)</script>'}))
    assert "<script>" not in html


def test_a_button_with_an_address_is_a_link() -> None:
    assert render('{% button "On" href="/nl/" %}').strip().startswith("<a ")
    assert render('{% button "On" %}').strip().startswith("<button ")


def test_a_notice_says_its_kind_with_an_icon_and_a_title() -> None:
    html = render('{% notice "warning" title="Mind this" %}<p>It may fail.</p>{% endnotice %}')
    assert "Mind this" in html
    assert "<p>It may fail.</p>" in html
    assert "<svg" in html


def test_a_question_mark_opens_without_javascript() -> None:
    assert "<details" in render('{% why "Why?" %}<p>Because.</p>{% endwhy %}')


def test_progress_says_in_words_what_the_planks_show() -> None:
    html = render("{% progress 2 3 %}")
    assert "Stap 2 van 3" in html
    assert html.count("progress__plank--laid") == 2
