"""Parts of the work list by the word that stands in the address."""

from dichterbij.domains.referral.queries import Tab

TABS = {"aannemen": Tab.ACCEPT, "wachten": Tab.WAITING, "te-laat": Tab.OVERDUE, "bij-ons": Tab.OURS, "klaar": Tab.DONE}


def tab_of(word: str) -> Tab | None:
    """The part of this word, or None."""
    return TABS.get(word)


def word_of(tab: Tab) -> str:
    """The word of this part."""
    return next(word for word, one in TABS.items() if one == tab)
