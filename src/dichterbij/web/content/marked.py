"""A text in another language than the page it stands on: wherever it is shown, it says in which."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dichterbij.web.content.languages import direction


class Marked(str):
    """A string that a template shows inside an element with `lang`; the empty one stays empty."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> "Marked":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> str:
        return around(str(self), self.language, "span") if self else ""


def around(text: str, language: str, tag: str) -> SafeString:
    """The text, escaped unless it is safe already, in an element with its language and direction.

    No quotes: it may land in an attribute, and must not end it."""
    return format_html("<{0} lang={1} dir={2}>{3}</{0}>", tag, language, direction(language), text)
