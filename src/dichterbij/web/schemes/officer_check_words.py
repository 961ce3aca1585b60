"""The words of checks: what each looks at, classes of risk, why companies belong together."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.rules.checks import Found, SignalCode, TieKind
from dichterbij.web.schemes.officer_article_words import article
from dichterbij.web.site.templatetags.money import euro

DAYS = ("started_on", "ended_on", "looked_at_until", "since")
FILE = re.compile(r"\s*\(data/[^)]*\)")
LOOKS_AT: Mapping[SignalCode, Promise] = {
    SignalCode.SAME_PERSON: _("One person, more applications, whoever the employer is."),
    SignalCode.SAME_ACCOUNT: _("Two employers that are paid on one account."),
    SignalCode.SAME_ADDRESS: _("Two employers at one address, where we know it."),
    SignalCode.NEAR_NAME: _("Two employers with nearly the same name."),
    SignalCode.GROUP_CAP: _("Companies that belong together, with more places than one may have."),
    SignalCode.QUICK_DISMISSAL: _("Somebody who left within 26 weeks."),
    SignalCode.OWN_EMPLOYER: _("Somebody who works at a company of their own."),
    SignalCode.DE_MINIMIS: _("Companies that had more state aid in three years than is allowed."),
    SignalCode.RISK_SAMPLE: _("Drawn by lot: the more reasons to look, the greater the chance."),
    SignalCode.RANDOM_SAMPLE: _("Drawn by lot from all, to know how often something is wrong."),
}
CLASSES: Mapping[str, Promise] = {
    "low": _("No other reason to look"),
    "middle": _("One other reason"),
    "high": _("Two reasons or more"),
    "all": _("From all cases"),
}
TIES: Mapping[str, Promise] = {
    TieKind.VOTES.value: _("One has most of the votes in the other"),
    TieKind.APPOINTS.value: _("One chooses most of the board of the other"),
    TieKind.INFLUENCE.value: _("One decides what the other does, by a contract or its rules"),
    TieKind.AGREEMENT.value: _("One has most of the votes, by an agreement with others"),
    TieKind.SPLIT_FROM.value: _("One was split from the other"),
    TieKind.MERGED_INTO.value: _("One went on in the other"),
}
FOUND: Mapping[Found, Promise] = {
    Found.IN_ORDER: _("in order"),
    Found.NOT_IN_ORDER: _("something is wrong"),
    Found.UNCLEAR: _("cannot be said"),
}


def company(entity: str) -> str:
    """A company as it is named here: by its number."""
    number = entity.removeprefix("kvk:")
    return gettext("KVK %(number)s") % {"number": number} if number != entity else entity


def told(name: str, value: str) -> str:
    """What a flag was worked out from, as people read it."""
    if name == "class":
        return str(CLASSES.get(value, value)).lower()
    if name == "chance":
        return chance(value)
    if name in DAYS:
        return date_format(date.fromisoformat(value), "j F Y")
    if name.endswith("_cents"):
        return euro(int(value))
    return ", ".join(part.strip(" '\"") for part in value.strip("()").split(",") if part.strip(" '\""))


def source(given: str) -> str:
    """Where a flag rests on: an article of a law, or our own choice."""
    found = FILE.sub("", given).strip(" ;")
    return article(found.replace("assumption", gettext("our own choice, not a law")))


def chance(told: str) -> str:
    """A chance as people read it: "1 of 50", or "everybody"."""
    taken, _slash, size = told.partition("/")
    if not size:
        return gettext("everybody") if taken == "1" else gettext("nobody")
    return gettext("%(taken)s of %(size)s") % {"taken": taken, "size": size}
