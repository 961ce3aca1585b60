"""Tags for written texts: `{% load content %}`."""

import re

from django import template
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

register = template.Library()

# Text only: HTML in a text file is shown as it is written, never run.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_CLASSES = (
    (re.compile(r"<p>"), '<p class="nl-paragraph">'),
    (re.compile(r"<ul>"), '<ul class="bullets">'),
    (re.compile(r"<a "), '<a class="nl-link" '),
)


@register.filter
def markdown(text: str) -> SafeString:
    """`{{ section.body|markdown }}`: paragraphs, lists, links, emphasis and tables, in the classes of the site."""
    html = str(_MARKDOWN.render(text))
    for pattern, replacement in _CLASSES:
        html = pattern.sub(replacement, html)
    # Markdown-it escapes everything but its own tags.
    return SafeString(html)  # nosec B703
