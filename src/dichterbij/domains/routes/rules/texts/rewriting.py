"""The same vacancy for open hiring: only what is really needed is left, and what went is told."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from dichterbij.domains.routes.rules.texts.finding import check
from dichterbij.domains.routes.rules.texts.values import Checked, Finding, Kind, Rewritten, TextRules, Unit

APPLYING = ("cv", "letter")
# Who asks one of these cannot say that schooling and the past do not count.
OF_THE_PAST = frozenset(("vog", "security_pass", "legal_diploma", "registration", "competent", "certificate"))
REMOVED = (Kind.NEEDLESS, Kind.NOT_ALLOWED, Kind.VAGUE)
_CUT = re.compile(r"\s*(?:,|;|\ben\b|\bof\b|\balsmede\b|\bevenals\b)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+31|\b0)[\d\s()-]{8,13}\d|\bwww\.[\w./-]+\w|https?://\S+\w")
_TIDY = (
    (re.compile(r"\s+([,.;!?])"), r"\1"),
    (re.compile(r",\s*([.!?])"), r"\1"),
    (re.compile(r" {2,}"), " "),
    (re.compile(r"\ben(?: en)+\b"), "en"),
)
FEWEST_WORDS = 3


@dataclass
class _Draft:
    """What is gathered while going through a text, line by line."""

    lines: dict[int, list[str]] = field(default_factory=dict)
    needs: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    how: list[str] = field(default_factory=list)


def for_open_hiring(checked: Checked, rules: TextRules) -> Rewritten:
    """The open-hiring version of a checked Dutch text."""
    draft = _Draft()
    starts = [item.start for item in checked.findings]
    found = {unit: _inside(checked.findings, starts, unit) for unit in checked.units}
    asking = {unit.line for unit in checked.units if any(item.code in APPLYING for item in found[unit])}
    for unit in checked.units:
        if not found[unit] and rules.context.apply_words.search(unit.text) and _ADDRESS.search(unit.text):
            draft.how.append(unit.text)
        elif unit.line in asking and not found[unit] and rules.context.apply_words.search(unit.text):
            _remove(unit, draft)
        else:
            _place(unit, found[unit], draft, rules)
    body = _body(checked, draft)
    return Rewritten(_joined(checked, body, draft, rules), tuple(draft.removed))


def _inside(findings: tuple[Finding, ...], starts: list[int], unit: Unit) -> list[Finding]:
    near = findings[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
    return [item for item in near if item.end <= unit.end]


def _remove(unit: Unit, draft: _Draft) -> None:
    draft.removed.append(unit.text)
    draft.contacts += _ADDRESS.findall(unit.text)


def _place(unit: Unit, found: list[Finding], draft: _Draft, rules: TextRules) -> None:
    """Where a sentence goes: it stays, it moves to what is needed, or (part of) it goes."""
    demands = [item for item in found if item.kind in REMOVED]
    kept = [item for item in found if item.kind is Kind.KEPT]
    if unit.is_heading and demands:
        draft.removed.append(unit.text)
    elif not demands and kept and not unit.is_heading:
        draft.needs.append(unit.text)
    elif not demands:
        draft.lines.setdefault(unit.line, []).append(unit.text)
    else:
        _split(unit, demands, kept, draft, rules)


def _split(unit: Unit, demands: list[Finding], kept: list[Finding], draft: _Draft, rules: TextRules) -> None:
    """A sentence with needless demands: what is left of it when its beginning can stand, else only its real demands."""
    swapped = _swapped(unit, demands, rules)
    if swapped:
        draft.removed += [item.quote for item in demands]
        (draft.needs if kept else draft.lines.setdefault(unit.line, [])).append(swapped)
        return
    left = _left_of(unit, demands)
    if left and not unit.is_bullet:
        draft.removed += [item.quote for item in demands]
        (draft.needs if kept else draft.lines.setdefault(unit.line, [])).append(left)
        return
    _remove(unit, draft)
    draft.needs += [item.quote[:1].upper() + item.quote[1:] for item in kept]


def _swapped(unit: Unit, demands: list[Finding], rules: TextRules) -> str:
    """The sentence with other words in place of the demands; empty when something is still asked."""
    text = unit.text
    for code in dict.fromkeys(item.code for item in demands):
        for pattern, put in rules.demand(code).swaps:
            text = pattern.sub(put, text)
    return text if text != unit.text and not check(text, rules).demands else ""


def _left_of(unit: Unit, demands: list[Finding]) -> str:
    """The parts of an enumeration without a demand, when the first part is one of them; else empty."""
    cuts = [0, *(cut.end() for cut in _CUT.finditer(unit.text)), len(unit.text)]
    parts = [(begin, end) for begin, end in pairwise(cuts) if begin < end]
    good = [
        (begin, end)
        for begin, end in parts
        if not any(unit.start + begin < item.end and item.start < unit.start + end for item in demands)
    ]
    if len(parts) < 2 or not good or good[0][0] != 0 or len(good) == len(parts):
        return ""
    joined = "".join(unit.text[begin:end] for begin, end in good)
    text = re.sub(r"[\s,;]+(?:en|of|alsmede|evenals)?\s*$", "", joined, flags=re.IGNORECASE)
    text = text if text.endswith((".", "!", "?")) else text + "."
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    # "Wij zoeken een vrolijke" cannot stand: its noun went.
    is_cut = re.search(r"\b(?:een|de|het)\s[\w-]+[.!?]$", text, re.IGNORECASE)
    return text if len(text.split()) > FEWEST_WORDS and not is_cut else ""


def _body(checked: Checked, draft: _Draft) -> list[str]:
    """The lines that stay; a heading stays only with something under it that was there, or nothing was."""
    by_line = {unit.line: unit for unit in reversed(checked.units)}
    numbers = sorted(by_line)
    shown: list[str] = []
    for place, number in enumerate(numbers):
        unit = by_line[number]
        if number not in draft.lines or (unit.is_heading and _is_empty(numbers[place + 1 :], by_line, draft)):
            continue
        text = " ".join(draft.lines[number])
        if shown and (unit.is_heading or not unit.is_bullet):
            shown.append("")
        shown.append(f"- {text}" if unit.is_bullet else text)
    return shown


def _is_empty(below: list[int], by_line: dict[int, Unit], draft: _Draft) -> bool:
    """Whether all lines of a part went; a part that never had lines is not empty."""
    own = []
    for number in below:
        if by_line[number].is_heading:
            break
        own.append(number)
    return bool(own) and not any(number in draft.lines for number in own)


def _joined(checked: Checked, body: list[str], draft: _Draft, rules: TextRules) -> str:
    version = rules.version
    has_past = any(item.code in OF_THE_PAST for item in checked.of(Kind.KEPT))
    intro = version.intro_with_demands if has_past else version.intro
    nothing = version.nothing_more if _still_asks(checked, body, rules) else version.nothing
    needs = list(dict.fromkeys(draft.needs))
    contacts = ", ".join(dict.fromkeys(contact.strip() for contact in draft.contacts))
    if contacts or not draft.how:
        draft.how.append(f"{version.contact}: {contacts or version.fill_in}.")
    listed = [f"- {need}" for need in needs] or [nothing]
    parts = [*body, "", intro, "", version.needs, *listed, "", version.start, version.how]
    return "\n".join([*parts, *draft.how]).strip()


def _still_asks(checked: Checked, body: list[str], rules: TextRules) -> bool:
    """Whether a heading about demands stayed, so that something under it did."""
    headings = (unit.text for unit in checked.units if unit.is_heading)
    return any(rules.context.demand_heading.search(text.strip()) and text in body for text in headings)
