"""A text in the two languages of the pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Dutch and English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The English text for `en` and its variants, else the Dutch one."""
        return self.en if language.startswith("en") else self.nl
