"""Articles of the law, and where else a reason rests on, in the language of the page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ARTICLES: Mapping[str, Promise] = {
    "first paragraph": _("first paragraph"),
    "second paragraph": _("second paragraph"),
    "third paragraph": _("third paragraph"),
    "fourth paragraph": _("fourth paragraph"),
    "the scheme's cap": _("the highest number of the scheme"),
    "the scheme's days": _("the days of the scheme"),
    "the scheme's exclusion": _("what the scheme excludes"),
    "the scheme's condition": _("a condition of the scheme"),
    "the scheme's applicants": _("who may apply for the scheme"),
    "the scheme's categories": _("the kinds of the scheme"),
    "the scheme's limit": _("the limit of the scheme"),
    "the scheme's amount": _("the amount of the scheme"),
    "the scheme's lowest score": _("the lowest score of the scheme"),
    "the scheme's number of places": _("the number of places of the scheme"),
    "the scheme": _("the scheme"),
    "Regulation": _("Regulation"),
    "article": _("article"),
}


def article(source: str) -> str:
    """An article of the law in the language of the page."""
    for english, here in ARTICLES.items():
        source = source.replace(english, str(here))
    return source
