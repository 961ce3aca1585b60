"""Looking an item up by what somebody types: case, accents, compound words and typing errors do not matter."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from dichterbij.domains.support.rules.kinds import Support
from dichterbij.domains.support.rules.words import PARTIES

WORD = re.compile(r"\w+")
MOST_WORDS = 12
# A shorter word is found by its beginning only: "ov" lies inside "voor" and "over" too.
SHORTEST_INSIDE = 4
# Words that say nothing about which support somebody looks for.
EMPTY = frozenset(
    WORD.findall(
        "aan als bij dan dat de den die dit door een en er geen het hoe hulp ik in is je kan kun maar me met mijn naar "
        "niet nodig of om ook op over te tot uit van voor wat we wie wil zonder a an and are at by can for help how i "
        "in is it me my need no not of on or support the to want what who with"
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """The items, in their own order. `read_as`: words read as another; `unknown`: words that nothing has.

    `is_loose`: no item has all the words, so these have at least one.
    """

    supports: tuple[Support, ...]
    read_as: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    is_loose: bool = False


def search(supports: Iterable[Support], text: str) -> Found:
    """The items that have every word of the text, in Dutch or English; all of them for an empty text."""
    among = tuple(supports)
    typed = words_of(text)[:MOST_WORDS]
    asked = [word for word in typed if word not in EMPTY] or typed
    if not asked:
        return Found(among)
    known = _vocabulary(among)
    read = {word: _read(word, known) for word in asked}
    sets = [frozenset(item for item in among if _has(item, meant)) for meant in read.values() if meant]
    whole = frozenset.intersection(*sets) if sets else frozenset()
    chosen = whole or frozenset().union(*sets)
    return Found(
        supports=tuple(item for item in among if item in chosen),
        read_as=tuple((word, meant) for word, meant in read.items() if meant and meant != word),
        unknown=tuple(word for word, meant in read.items() if not meant),
        is_loose=len(sets) > 1 and not whole,
    )


def words_of(text: str) -> list[str]:
    """The words of a text, without capitals and accents, each once."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return list(dict.fromkeys(WORD.findall(bare)))


@lru_cache(maxsize=512)
def _words(support: Support) -> frozenset[str]:
    parties = [PARTIES[share.party] for share in (*support.decides, *support.pays)]
    texts = [support.name, support.what, support.search, *parties]
    if support.condition:
        texts.append(support.condition)
    return frozenset(word for text in texts for word in words_of(f"{text.nl} {text.en}"))


def _has(support: Support, word: str) -> bool:
    return any(_begins_or_holds(own, word) for own in _words(support))


def _begins_or_holds(own: str, word: str) -> bool:
    return own.startswith(word) or (len(word) >= SHORTEST_INSIDE and word in own)


def _vocabulary(supports: tuple[Support, ...]) -> Mapping[str, None]:
    return dict.fromkeys(word for support in supports for word in sorted(_words(support)) if word not in EMPTY)


def _read(word: str, known: Mapping[str, None]) -> str:
    """The word itself where an item has it, else the part or the known word nearest to it; "" for none."""
    if any(_begins_or_holds(own, word) for own in known):
        return word
    inside = [own for own in known if len(own) > SHORTEST_INSIDE and own in word]
    if inside:
        return max(inside, key=len)
    slips = 0 if len(word) < SHORTEST_INSIDE else 1 if len(word) < 7 else 2
    near = [(DamerauLevenshtein.distance(word, own), own) for own in known if abs(len(own) - len(word)) <= slips]
    distance, nearest = min(near, default=(slips + 1, ""))
    return nearest if distance <= slips else ""
