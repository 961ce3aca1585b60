"""Which language is which: of the address, of the page's own words, and of the words that packaged data has.

The list is `settings.LANGUAGES`. A language without messages has its pages in Dutch, with its own texts where there are
any."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, get_language_from_path, to_locale

LOCALE = Path(__file__).parent.parent / "site" / "locale"
DATA_LANGUAGES = ("nl", "en")  # what words in rules, ESCO and desks are written in
SOURCE_LANGUAGE = "en"  # of the messages in templates and code


def page_language() -> str:
    """The language that the page's own words are in now: the visitor's where there are messages, else the first."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if has_messages(language) else settings.LANGUAGE_CODE


def data_language(language: str | None = None) -> str:
    """The language to ask of packaged data, which knows Dutch and English: `nl` or `en`; of the page when not given."""
    main = (language or page_language()).partition("-")[0]
    return main if main in DATA_LANGUAGES else settings.LANGUAGE_CODE


def direction(language: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`."""
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def language_of(path: str) -> str:
    """The language that an address begins with, where the page's words have it; the first for any other."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    return language if has_messages(language) else settings.LANGUAGE_CODE


def has_messages(language: str) -> bool:
    """Whether the words of the pages are there in this language."""
    if language.partition("-")[0] == SOURCE_LANGUAGE:
        return True
    folders = [Path(folder) for folder in settings.LOCALE_PATHS] + [LOCALE]
    return any((folder / to_locale(language) / "LC_MESSAGES" / "django.mo").is_file() for folder in folders)
