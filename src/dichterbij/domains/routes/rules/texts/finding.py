"""Which demands a vacancy text makes: those it can do without, those that are not allowed, and those that stay."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dichterbij.domains.routes.rules.texts.measure import measure
from dichterbij.domains.routes.rules.texts.reading import clean, language_of, units_of
from dichterbij.domains.routes.rules.texts.values import (
    Checked,
    Context,
    Demand,
    Finding,
    Kept,
    Kind,
    Language,
    Pattern,
    TextRules,
    Unit,
)
from dichterbij.shared.words import Words

BETWEEN = ("", " ", "-", "/")
# How far from a word its denial may stand.
NEAR = 200
HARD = Words("Moeilijk woord", "Hard word")
HARD_WHY = Words(
    "Niet iedereen kent dit woord. Een gewoon woord leest sneller, voor iedereen.",
    "Not everybody knows this word. A plain word reads faster, for everybody.",
)


def check(pasted: str, rules: TextRules) -> Checked:
    """The text with all findings, none overlapping another; a real demand goes before a needless one."""
    text = clean(pasted)
    language = language_of(text, rules.context)
    units = units_of(text, rules.context)
    found = _in_english(text, units, rules) if language is Language.ENGLISH else _in_dutch(text, units, rules)
    findings = _merged(_without_overlap(found), text)
    return Checked(text, language, units, findings, measure(units, longest=rules.longest_sentence))


def _in_dutch(text: str, units: Iterable[Unit], rules: TextRules) -> Iterator[Finding]:
    rules = _that_occur(text, rules)
    real = {demand.code: bool(demand.kept_by and demand.kept_by.search(text)) for demand in rules.demands}
    for unit in units:
        for kept in rules.kept:
            yield from _kept(unit, kept, text, rules.context)
        for demand in rules.demands:
            is_real = real[demand.code] and not rules.context.wished.search(unit.text)
            for found in _demand(unit, demand, rules.context):
                yield _as_kept(found, rules.kept_demand(demand.kept_as), text) if is_real else found
        yield from _hard(unit, rules)


def _that_occur(text: str, rules: TextRules) -> TextRules:
    """The same rules with only the patterns that match somewhere in this text: most do not, and texts are long."""

    def live(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        return tuple(item for item in patterns if item.pattern.startswith("^") or item.search(text))

    return replace(
        rules,
        demands=tuple(replace(demand, patterns=live(demand.patterns)) for demand in rules.demands),
        kept=tuple(replace(kept, patterns=live(kept.patterns)) for kept in rules.kept),
    )


def _kept(unit: Unit, kept: Kept, text: str, context: Context) -> Iterator[Finding]:
    for pattern in kept.patterns:
        for match in pattern.finditer(unit.text):
            if not _is_denied(unit.text, match, context) or context.not_yet.search(unit.text):
                yield _as_kept(
                    _finding(unit, match, kept.code, Kind.KEPT, kept.name, kept.why, None, kept.source), kept, text
                )


def _as_kept(found: Finding, kept: Kept, text: str) -> Finding:
    """The same place as a real demand, with the doubt when the text does not show why it is asked."""
    is_doubtful = kept.doubt_unless is not None and not kept.doubt_unless.search(text)
    return Finding(
        found.start,
        found.end,
        found.quote,
        kept.code,
        Kind.KEPT,
        kept.name,
        kept.why,
        kept.doubt if is_doubtful else None,
        kept.source,
    )


def _demand(unit: Unit, demand: Demand, context: Context) -> Iterator[Finding]:
    if not demand.patterns or any(pattern.search(unit.text) for pattern in demand.unless):
        return
    if demand.offerable and (unit.is_offer or context.offered.search(unit.text)):
        return
    for pattern in demand.patterns:
        for match in pattern.finditer(unit.text):
            if not (demand.negatable and _is_denied(unit.text, match, context)):
                yield _finding(
                    unit, match, demand.code, demand.kind, demand.name, demand.why, demand.propose, demand.source
                )


def _is_denied(sentence: str, match: re.Match[str], context: Context) -> bool:
    """Whether the sentence says that this is not asked."""
    start, end = match.span()
    # The pattern itself may run over the denial: "ervaring is niet vereist".
    is_denied = (
        context.denied_before.search(sentence, max(0, start - NEAR), start)
        or re.search(r"\b(?:geen|niet)\b", sentence[start:end], re.IGNORECASE)
        or context.denied_after.search(sentence[end : end + NEAR].removeprefix("?"))
    )
    return bool(is_denied) and not context.denied_twice.search(sentence)


def _hard(unit: Unit, rules: TextRules) -> Iterator[Finding]:
    for match in rules.hard_pattern.finditer(unit.text):
        plain = rules.hard_words[match.group().lower()]
        propose = Words(f"Schrijf liever: {plain}", f"Rather write: {plain}")
        yield _finding(unit, match, "hard", Kind.HARD, HARD, HARD_WHY, propose, "")


def _in_english(text: str, units: Iterable[Unit], rules: TextRules) -> Iterator[Finding]:
    """The smaller list, for a text in English."""
    real = {code for code, pattern in rules.english_kept_by.items() if pattern.search(text)}
    for unit in units:
        if rules.english_denied.search(unit.text):
            continue
        for code, patterns in rules.english.items():
            demand = rules.demand(code)
            for match in (match for pattern in patterns for match in pattern.finditer(unit.text)):
                found = _finding(unit, match, code, demand.kind, demand.name, demand.why, demand.propose, demand.source)
                yield _as_kept(found, rules.kept_demand(demand.kept_as), text) if code in real else found


def _finding(
    unit: Unit, match: re.Match[str], code: str, kind: Kind, name: Words, why: Words, propose: Words | None, source: str
) -> Finding:
    group = "mark" if "mark" in match.re.groupindex else 0
    quote = match.group(group).strip(" ,.:;-")
    start = unit.start + match.start(group) + match.group(group).index(quote)
    return Finding(start, start + len(quote), quote, code, kind, name, why, propose, source)


def _without_overlap(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Real demands first, then the longest; what lies over an earlier choice goes."""
    order = {Kind.KEPT: 0, Kind.NOT_ALLOWED: 1, Kind.NEEDLESS: 1, Kind.VAGUE: 1, Kind.HARD: 2}
    starts: list[int] = []
    chosen: list[Finding] = []
    for item in sorted(found, key=lambda item: (order[item.kind], item.start - item.end, item.start)):
        place = bisect(starts, item.start)
        is_free = (place == 0 or chosen[place - 1].end <= item.start) and (
            place == len(chosen) or item.end <= chosen[place].start
        )
        if item.quote and is_free:
            starts.insert(place, item.start)
            chosen.insert(place, item)
    return tuple(chosen)


def _merged(found: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """Neighbours of one kind as one: "minimaal mbo" and "diploma" in "minimaal mbo-diploma"."""
    merged: list[Finding] = []
    for item in found:
        last = merged[-1] if merged else None
        if last and last.code == item.code and item.kind is not Kind.HARD and text[last.end : item.start] in BETWEEN:
            merged[-1] = replace(last, end=item.end, quote=text[last.start : item.end])
        else:
            merged.append(item)
    return tuple(merged)
