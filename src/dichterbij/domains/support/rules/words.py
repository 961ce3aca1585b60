"""Who decides, who usually pays and when, in plain Dutch and English."""

from collections.abc import Collection, Iterable

from dichterbij.domains.support.rules.kinds import Background, Moment, Party, Share
from dichterbij.shared.words import Words

PARTIES = {
    Party.MUNICIPALITY: Words("je gemeente", "your municipality"),
    Party.UWV: Words("UWV", "UWV"),
    Party.WSP: Words("het Werkgeversservicepunt (WSP)", "the employers’ service point (WSP)"),
    Party.RMT: Words("het Regionaal Mobiliteitsteam (RMT)", "the regional mobility team (RMT)"),
    Party.SBB: Words("SBB", "SBB"),
    Party.RVO: Words("de Rijksdienst voor Ondernemend Nederland (RVO)", "the Netherlands Enterprise Agency (RVO)"),
    Party.TAX_OFFICE: Words("de Belastingdienst", "the tax office"),
    Party.BENEFITS_OFFICE: Words("de Dienst Toeslagen", "the benefits office (Dienst Toeslagen)"),
    Party.EMPLOYER: Words("de werkgever", "the employer"),
    Party.SECTOR_FUND: Words("het opleidingsfonds van de sector", "the training fund of the sector"),
    Party.EVERYDAY_HEROES: Words("Everyday Heroes", "Everyday Heroes"),
    Party.DESK: Words("het loket dat je helpt", "the desk that helps you"),
    Party.UNKNOWN: Words("nog onbekend: vraag het je loket", "not known yet: ask your desk"),
}
BACKGROUNDS = {
    Background.WELFARE: Words("bijstand", "social assistance (bijstand)"),
    Background.WW: Words("WW", "unemployment benefit (WW)"),
    Background.WIA: Words("WIA", "disability benefit (WIA)"),
    Background.WAJONG: Words("Wajong", "Wajong"),
    Background.ZW: Words("Ziektewet", "sickness benefit (ZW)"),
    Background.TARGET_REGISTER: Words("banenafspraak", "jobs agreement (banenafspraak)"),
}
SITUATIONS = {
    Background.NONE: Words("zonder uitkering", "without a benefit"),
    Background.WORKING: Words("als je werkt", "if you work"),
}
EVERYBODY = Words("met of zonder uitkering", "with or without a benefit")
MOMENTS = {
    Moment.BEFORE: Words("Te regelen voor de start.", "To be arranged before the start."),
    Moment.AFTER: Words("Vanaf de start.", "From the start on."),
    Moment.AFTERWARDS: Words("Geld komt achteraf.", "Money comes afterwards."),
}
LEAD = Words(
    "Kan mogelijk helpen. Of het voor jou kan, hoor je van wie beslist.", "May help. Who decides tells you if."
)


def shares_for(shares: Iterable[Share], background: Background | None) -> tuple[Share, ...]:
    """The shares that count for this background; all of them when it is unknown, none when nobody is known."""
    return tuple(
        share
        for share in shares
        if share.party is not Party.UNKNOWN and (background is None or share.when is None or background in share.when)
    )


def parties_in_words(shares: tuple[Share, ...], *, with_backgrounds: bool) -> Words:
    """ "UWV (bij WW of WIA) of je gemeente (bij bijstand)"; the words for unknown when there is no share."""
    if not shares:
        return PARTIES[Party.UNKNOWN]
    parts = [_party(share, with_backgrounds) for share in shares]
    joined = Words(" en ", " and ") if all(share.when is None for share in shares) else Words(" of ", " or ")
    return Words(joined.nl.join(part.nl for part in parts), joined.en.join(part.en for part in parts))


def _party(share: Share, with_backgrounds: bool) -> Words:
    party = PARTIES[share.party]
    if share.when is None or not with_backgrounds:
        return party
    when = backgrounds_in_words(share.when)
    return Words(f"{party.nl} ({when.nl})", f"{party.en} ({when.en})")


def backgrounds_in_words(backgrounds: Collection[Background]) -> Words:
    """ "bij WW of WIA of als je werkt"; for all of them "met of zonder uitkering"."""
    if set(backgrounds) == set(Background):
        return EVERYBODY
    benefits = [BACKGROUNDS[item] for item in Background if item in backgrounds and item in BACKGROUNDS]
    parts = [Words(f"bij {_or(benefits).nl}", f"with {_or(benefits).en}")] if benefits else []
    parts += [SITUATIONS[item] for item in Background if item in backgrounds and item in SITUATIONS]
    return _or(parts)


def _or(parts: list[Words]) -> Words:
    """ "a, b of c"."""
    *first, last = parts
    if not first:
        return last
    nl, en = ", ".join(words.nl for words in first), ", ".join(words.en for words in first)
    return Words(f"{nl} of {last.nl}", f"{en} or {last.en}")
