"""The parts pages are built from, as template tags: `{% load ui %}`. Each has one template under site/parts/."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override

from dichterbij.web.desks.cards import DeskCard
from dichterbij.web.site import navigation, qr
from dichterbij.web.site.national import national_desk

register = template.Library()

NOTICES = {"info": "info", "ok": "check", "warning": "warning", "error": "error"}


@register.inclusion_tag("site/parts/button.html")
def button(
    label: str, *, href: str = "", kind: str = "primary", name: str = "", value: str = "", icon: str = ""
) -> dict[str, str]:
    """`{% button _("Show what is near") %}`: a submit button, or with `href` a link that looks like one."""
    return {"label": label, "href": href, "kind": kind, "name": name, "value": value, "icon": icon}


@register.inclusion_tag("site/parts/icon.svg")
def icon(name: str) -> dict[str, str]:
    """`{% icon "phone" %}`: a picture without meaning of its own; always beside a word."""
    return {"name": name}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """`{% notice "warning" title=_("...") %}...{% endnotice %}`: with word and icon."""
    return render_to_string(
        "site/parts/notice.html", {"content": content, "kind": kind, "title": title, "icon": NOTICES[kind]}
    )


@register.simple_block_tag
def why(content: str, title: str) -> SafeString:
    """`{% why _("Why do we ask this?") %}two sentences{% endwhy %}`: the question mark that opens."""
    return render_to_string("site/parts/why.html", {"content": content, "title": title})


@register.inclusion_tag("site/parts/field.html")
def field(bound: BoundField, *, big: bool = False, optional: bool = False) -> dict[str, Any]:
    """`{% field form.where %}`: label, help and error above the field, tied together for a screen reader.

    `big` makes the label the page's question (an h1), `optional` says that it may be left empty."""
    widget = bound.field.widget
    choices = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "field": bound,
        "big": big,
        "optional": optional,
        "choices": choices,
        "many": isinstance(widget, CheckboxSelectMultiple),
        "single_check": isinstance(widget, CheckboxInput),
        "control": "" if choices else bound.as_widget(attrs=_attributes(bound)),
        "described_by": _described_by(bound),
    }


@register.simple_tag
def options(choices: Iterable[tuple[str, Any]], chosen: str = "") -> SafeString:
    """`{% options desks %}`: the options of a select, written in one go where a page has many of them."""
    rows = ((code, SafeString(" selected") if code == chosen else "", label) for code, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.inclusion_tag("site/parts/errors.html")
def errors(form: Any) -> dict[str, Any]:
    """`{% errors form %}`: above a form that came back, a list of what to mend, each a link to its field."""
    fields = [bound for bound in form if bound.errors]
    told = Counter(str(error) for bound in fields for error in bound.errors)
    return {"form": form, "fields": fields, "repeated": [text for text, times in told.items() if times > 1]}


@register.inclusion_tag("site/parts/progress.html")
def progress(step: int, of: int, label: str = "", *, most: bool = False) -> dict[str, Any]:
    """`{% progress 2 3 %}`: "Step 2 of 3", as words and as planks. `most`: there may turn out to be fewer."""
    return {"step": step, "of": of, "label": label, "most": most, "planks": range(1, of + 1)}


@register.simple_tag(name="national_desk")
def national_desk_tag() -> DeskCard | None:
    """`{% national_desk as desk %}`: the desk of a page that knows no region."""
    return national_desk()


@register.simple_tag(takes_context=True)
def menu(context: RequestContext, part: str) -> tuple[navigation.Link, ...]:
    """`{% menu "doors" as links %}`: the pages of a part of the menu (doors, desk, more or about)."""
    names = {"doors": navigation.DOORS, "desk": (navigation.DESK,), "more": navigation.MORE, "about": navigation.ABOUT}
    return navigation.links(names[part], context.get("request"))


@register.simple_tag(takes_context=True)
def trail(context: RequestContext) -> tuple[navigation.Link, ...]:
    """`{% trail as links %}`: the pages above this one, home first; none on home."""
    request = context.get("request")
    return navigation.trail(request) if request else ()


@register.simple_tag
def footer_groups() -> tuple[navigation.Group, ...]:
    """`{% footer_groups as groups %}`: the main pages, in the groups of the footer."""
    return navigation.footer()


@register.inclusion_tag("site/parts/qr.svg")
def qr_code(url: str, label: str) -> dict[str, Any]:
    """`{% qr_code address _("...") %}`: a whole address to point a phone at; always beside the address in letters."""
    return {"label": label, **qr.drawing(url)}


@register.simple_tag(takes_context=True)
def this_page_in(context: RequestContext, code: str) -> str:
    """The address of this page in another language; of home when there is no such page."""
    request = context.get("request")
    here = request.get_full_path() if request else "/"
    there = translate_url(here, code)
    if there != here:
        return there
    with override(code):
        return reverse("site:home")


def _attributes(bound: BoundField) -> dict[str, str | bool]:
    attributes: dict[str, str | bool] = {"class": _control_class(bound)}
    described = _described_by(bound)
    if described:
        attributes["aria-describedby"] = described
    return attributes


def _described_by(bound: BoundField) -> str:
    parts = [("help", bound.help_text), ("error", bound.errors)]
    return " ".join(f"{bound.auto_id}-{name}" for name, there in parts if there)


def _control_class(bound: BoundField) -> str:
    widget = bound.field.widget
    base = "utrecht-textbox utrecht-textbox--html-input"
    invalid = " utrecht-textbox--invalid"
    if isinstance(widget, CheckboxInput):
        return "utrecht-checkbox utrecht-checkbox--html-input"
    if isinstance(widget, Select):
        base, invalid = "utrecht-select utrecht-select--html-select", " utrecht-select--invalid"
    if isinstance(widget, Textarea):
        base, invalid = "utrecht-textarea utrecht-textarea--html-textarea", " utrecht-textarea--invalid"
    return base + (invalid if bound.errors else "")
