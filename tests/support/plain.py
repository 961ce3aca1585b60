"""What makes a Dutch text not plain by data/content/readability.yaml: a list of words, empty when nothing does."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from dichterbij.data import ROOT, read_yaml
from support.readability import Measured, measured, words

RULES: dict[str, Any] = read_yaml(ROOT / "content" / "readability.yaml")
LIMITS: dict[str, int] = RULES["limits"]
NEAR = 150  # signs after an abbreviation within which its words still explain it


def page_problems(where: str, blocks: Iterable[str]) -> list[str]:
    """What a Dutch page does against the rules, its exceptions left out."""
    texts = [block for block in blocks if block]
    found = measured(texts)
    problems = [*_long_sentences(found), *_words(" ".join(texts)), *unexplained(" ".join(texts)), *_mean(found)]
    return not_excepted(where, problems)


def message_problems(where: str, message: str) -> list[str]:
    """What a Dutch message does against the rules; labels are only searched for hard words and names."""
    found = measured([message])
    problems = [*_words(message)]
    if len(found.sentences) > 1 or found.words > LIMITS["message_from_words"]:
        problems += _long_sentences(found)
        few = found.words < LIMITS["flesch_douma_from_words"]
        if not few and found.flesch_douma < LIMITS["flesch_douma_of_a_message"]:
            problems.append(f"Flesch-Douma {found.flesch_douma:.0f}: {message}")
    return not_excepted(where, problems)


def english_problems(where: str, text: str) -> list[str]:
    """Names that English texts write in another way than agreed."""
    return not_excepted(
        where, [f"write {good!r} for {bad!r}: {_around(text, at)}" for bad, good, at in _names_en(text)]
    )


def not_excepted(where: str, problems: Iterable[str]) -> list[str]:
    """The problems for which no exception gives a reason."""
    allowed = [item["text"] for item in RULES["exceptions"] if item["where"] in (where, "*")]
    return [problem for problem in problems if not any(text in problem for text in allowed)]


def unexplained(text: str) -> list[str]:
    """Abbreviations whose words do not stand at their first use, or that nobody explained."""
    problems = []
    for short in dict.fromkeys(re.findall(r"(?<!\d{4} )\b[A-Z][A-Za-z]?[A-Z]{1,4}\d?\b", text)):
        if short in RULES["known"] or re.fullmatch(r"AM\d+|[IVX]+", short):
            continue
        at = re.search(rf"\b{short}\b", text)
        if at and _says_what_it_is(text, at):
            continue
        full = re.search(RULES["abbreviations"].get(short, r"(?!)"), text, re.IGNORECASE)
        if at is None or full is None or full.start() > at.end() + NEAR:
            problems.append(f"{short} is not explained at its first use: {_around(text, at.start() if at else 0)}")
    return problems


def _says_what_it_is(text: str, at: re.Match[str]) -> bool:
    """`SBB, de organisatie van scholen en bedrijven`, or `loonkostensubsidie (LKS)`."""
    behind, before = text[at.end() :], text[: at.start()]
    return bool(re.match(r"\s?, (de|het|een) ", behind) or (re.match(r"\)", behind) and re.search(r"\w \($", before)))


def _long_sentences(found: Measured) -> Iterator[str]:
    for sentence in found.sentences:
        if len(words(sentence)) > LIMITS["words_in_a_sentence"]:
            yield f"{len(words(sentence))} words in: {sentence}"


def _mean(found: Measured) -> Iterator[str]:
    if found.words_per_sentence > LIMITS["words_per_sentence"]:
        yield f"mean sentence of {found.words_per_sentence:.1f} words"
    if found.flesch_douma < LIMITS["flesch_douma_of_a_page"]:
        yield f"Flesch-Douma {found.flesch_douma:.0f} over the page"


def _words(text: str) -> Iterator[str]:
    for pattern, bad, good in _hard():
        for match in pattern.finditer(text):
            yield f"write {good!r} for {bad!r}: {_around(text, match.start())}"
    for word in words(text):
        if len(word) > LIMITS["letters_in_a_word"] and "-" not in word and not _may_be_long(word.casefold()):
            yield f"long word: {word}"


def _may_be_long(word: str) -> bool:
    return any(word.removesuffix(ending) in RULES["long_words"] for ending in ("", "s", "en", "n", "je"))


def _names_en(text: str) -> Iterator[tuple[str, str, int]]:
    for bad, good in RULES["names_en"].items():
        for match in re.finditer(rf"\b{re.escape(bad)}\b", text, re.IGNORECASE):
            yield bad, good, match.start()


@cache
def _hard() -> list[tuple[re.Pattern[str], str, str]]:
    both = {**RULES["hard_words"], **RULES["names"]}
    return [(re.compile(rf"(?<![\w-]){_ending(bad)}(?![\w-])", re.IGNORECASE), bad, good) for bad, good in both.items()]


def _ending(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")


def _around(text: str, at: int) -> str:
    return "..." + text[max(0, at - 30) : at + 50].replace("\n", " ") + "..."
