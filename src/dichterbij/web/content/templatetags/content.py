"""Tags for written texts: `{% load content %}`."""

import re

from django import template
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from dichterbij.web.content.links import SCHEME, address
from dichterbij.web.content.marked import Marked, around

register = template.Library()

_CLASSES = (
    (re.compile(r"<p>"), '<p class="nl-paragraph">'),
    (re.compile(r"<ul>"), '<ul class="bullets">'),
    (re.compile(r"<a "), '<a class="nl-link" '),
)


@register.filter
def markdown(text: str) -> SafeString:
    """`{{ section.body|markdown }}`: paragraphs, lists, links, emphasis and tables, in the classes of the site.

    `[words](page:<url name>/<argument>)` links to a page of this site; without that page the words stay.
    A text in another language than the page comes in an element that says so."""
    html = str(_MARKDOWN.render(text))
    for pattern, replacement in _CLASSES:
        html = pattern.sub(replacement, html)
    # Markdown-it escapes everything but its own tags.
    safe = SafeString(html)  # nosec B703
    return around(safe, text.language, "div") if isinstance(text, Marked) else safe


def _site_links(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = _with_addresses(block.children)


def _with_addresses(tokens: list[Token]) -> list[Token]:
    """Links cannot stand in links, so that a dropped opening belongs to the first ending after it."""
    kept: list[Token] = []
    dropped = False
    for token in tokens:
        href = str(token.attrGet("href") or "")
        if token.type == "link_open" and href.startswith(SCHEME):
            found = address(href)
            dropped = found is None
            token.attrSet("href", found or "")
        if not (dropped and token.type in ("link_open", "link_close")):
            kept.append(token)
        elif token.type == "link_close":
            dropped = False
    return kept


# Text only: HTML in a text file is shown as it is written, never run.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKDOWN.core.ruler.push("site_links", _site_links)
