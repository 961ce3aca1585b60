"""A checked text as the page shows it: marked in place, then explained once per kind of demand."""

from collections.abc import Iterable
from dataclasses import dataclass

from dichterbij.domains.routes.rules.texts.values import Checked, Finding, Kind
from dichterbij.web.desks.cards import in_language

SHOWN = (Kind.NOT_ALLOWED, Kind.NEEDLESS, Kind.VAGUE, Kind.KEPT)


@dataclass(frozen=True)
class Piece:
    """A piece of the text; `number` is that of its explanation, 0 for a piece without one."""

    text: str
    kind: str
    number: int


@dataclass(frozen=True)
class Explained:
    """One kind of demand with every place where it stands."""

    number: int
    kind: str
    name: str
    quotes: tuple[str, ...]
    why: str
    propose: str
    source: str


@dataclass(frozen=True)
class HardWord:
    """A hard word and what to write."""

    word: str
    propose: str


@dataclass(frozen=True)
class Shown:
    """All of the page's result."""

    pieces: tuple[Piece, ...]
    not_allowed: tuple[Explained, ...]
    needless: tuple[Explained, ...]
    vague: tuple[Explained, ...]
    kept: tuple[Explained, ...]
    hard: tuple[HardWord, ...]


def shown(checked: Checked) -> Shown:
    """The result, in the active language."""
    codes = _in_order(checked)
    numbers = {code: number for number, code in enumerate(codes, start=1)}
    explained = [_explained(code, numbers[code], checked.findings) for code in codes]

    def of(kind: Kind) -> tuple[Explained, ...]:
        return tuple(item for item in explained if item.kind == kind.value)

    return Shown(
        pieces=tuple(_pieces(checked, numbers)),
        not_allowed=of(Kind.NOT_ALLOWED),
        needless=of(Kind.NEEDLESS),
        vague=of(Kind.VAGUE),
        kept=of(Kind.KEPT),
        hard=_hard(checked.of(Kind.HARD)),
    )


def _in_order(checked: Checked) -> list[str]:
    """The codes found, by kind and then by place in the text."""
    return list(dict.fromkeys(item.code for kind in SHOWN for item in checked.of(kind)))


def _explained(code: str, number: int, findings: Iterable[Finding]) -> Explained:
    own = [item for item in findings if item.code == code]
    first = own[0]
    return Explained(
        number=number,
        kind=first.kind.value,
        name=in_language(first.name),
        quotes=tuple(dict.fromkeys(item.quote for item in own)),
        why=in_language(first.why),
        propose=in_language(first.propose) if first.propose else "",
        source=first.source,
    )


def _pieces(checked: Checked, numbers: dict[str, int]) -> Iterable[Piece]:
    place = 0
    for item in checked.findings:
        if item.start > place:
            yield Piece(checked.text[place : item.start], "", 0)
        yield Piece(checked.text[item.start : item.end], item.kind.value, numbers.get(item.code, 0))
        place = item.end
    if place < len(checked.text):
        yield Piece(checked.text[place:], "", 0)


def _hard(findings: Iterable[Finding]) -> tuple[HardWord, ...]:
    by_word = {item.quote.lower(): item for item in findings}
    return tuple(HardWord(word, in_language(item.propose) if item.propose else "") for word, item in by_word.items())
