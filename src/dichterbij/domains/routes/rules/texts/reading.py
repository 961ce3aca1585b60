"""From what somebody pasted to clean text, and from that to sentences, bullets and headings."""

import html
import re
from collections.abc import Iterator
from itertools import chain, pairwise

from dichterbij.domains.routes.rules.texts.values import Context, Language, Unit

MOST_CHARACTERS = 20_000
# Longer "sentences" are read in pieces: what is looked up around a word stays short, however long the text.
MOST_IN_SENTENCE = 800
LONGEST_ABBREVIATION = 10
# "Ervaring? Niet nodig!": a question that short belongs to its answer.
_SHORT_QUESTION = re.compile(r"\W*[\w-]+(?:\s[\w-]+)?\?\s*")

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LINE_TAG = re.compile(r"</?(?:p|div|br|ul|ol|h[1-6]|tr|table|section|article)\b[^<>]{0,300}>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li\b[^<>]{0,300}>", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style)\b.{0,20000}?</\1\s{0,9}>", re.IGNORECASE | re.DOTALL)
_BULLET = re.compile(r"^[ \t]*(?:[-–—*•·▪◦●○►✓✔➤→]|\d{1,2}[.)](?=\s))[ \t]*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-ZÀ-Þ\"“‘(\d])")
_ABBREVIATION = re.compile(
    r"\b(?:bijv|bv|etc|o\.a|m\.b\.t|i\.v\.m|d\.w\.z|ca|evt|incl|max|min|nr|dhr|mevr|art)\.$", re.I
)


def clean(pasted: str) -> str:
    """Plain text with plain line ends: tags become lines, bullets become "- ", at most one empty line between."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(_TAG.findall(text)) >= 2:
        text = _without_tags(text)
    text = html.unescape(text) if "&" in text else text
    text = re.sub(r"[\u00a0\u2007\u202f\t]", " ", text)
    text = re.sub(r"[\u200b-\u200d\ufeff\u00ad]", "", text)
    lines = [_BULLET.sub("- ", re.sub(r" {2,}", " ", line).rstrip()) for line in text.split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(line if line != "- " else "" for line in lines))
    return joined.strip()


def _without_tags(text: str) -> str:
    text = _DROPPED.sub("", text)
    text = _ITEM_TAG.sub("\n- ", text)
    text = _LINE_TAG.sub("\n", text)
    return _TAG.sub("", text)


def language_of(text: str, context: Context) -> Language:
    """Dutch or English by its small words; OTHER when it has too few of both to tell."""
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    dutch = sum(word in context.dutch_words for word in words)
    english = sum(word in context.english_words for word in words)
    if len(words) >= 8 and english > dutch and english >= len(words) * 0.08:
        return Language.ENGLISH
    if len(words) >= 25 and dutch < len(words) * 0.05:
        return Language.OTHER
    return Language.DUTCH


def units_of(text: str, context: Context) -> tuple[Unit, ...]:
    """The sentences, bullets and headings of a clean text, each with the part it stands in."""
    return tuple(_units(text, context))


def _units(text: str, context: Context) -> Iterator[Unit]:
    is_offer, start = False, 0
    lines = text.split("\n")
    followings = _followings(lines)
    for number, (line, following) in enumerate(zip(lines, followings, strict=True)):
        bullet = _BULLET.match(line)
        body = line[bullet.end() :] if bullet else line
        if body.strip():
            heading = not bullet and _is_heading(body, following, context)
            if heading:
                is_offer = bool(context.offer_heading.search(body.strip()))
            offset = start + len(line) - len(body)
            for begin, sentence in _sentences(body):
                yield Unit(offset + begin, sentence, number, bool(bullet), heading, is_offer)
        start += len(line) + 1


def _followings(lines: list[str]) -> list[str]:
    """For each line the first line under it that holds something; empty for the last."""
    found, following = [], ""
    for line in reversed(lines):
        found.append(following)
        following = line if line.strip() else following
    return found[::-1]


def _is_heading(line: str, following: str, context: Context) -> bool:
    """A short line of its own that ends a part: with a colon, before bullets, or called like one."""
    body = line.strip()
    if len(body.split()) > context.heading_words or body.endswith((".", "!", ",")):
        return False
    named = context.offer_heading.search(body) or context.demand_heading.search(body)
    before_list = bool(_BULLET.match(following))
    return body.endswith(":") or before_list or bool(named and len(body.split()) <= 5)


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a line with its place; abbreviations end none."""
    cuts = [0]
    for found in _SENTENCE_END.finditer(line):
        is_abbreviation = _ABBREVIATION.search(line, max(0, found.start() - LONGEST_ABBREVIATION), found.start())
        is_asked = line[found.start() - 1] == "?" and _SHORT_QUESTION.fullmatch(line, cuts[-1], found.end())
        if not is_abbreviation and not is_asked:
            cuts.append(found.end())
    cuts.append(len(line))
    for begin, end in chain.from_iterable(_pieces(line, *sentence) for sentence in pairwise(cuts)):
        sentence = line[begin:end]
        stripped = sentence.strip()
        if stripped:
            yield begin + len(sentence) - len(sentence.lstrip()), stripped


def _pieces(line: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """One sentence as it is; one that never ends in pieces, cut at a space where there is one."""
    while end - begin > MOST_IN_SENTENCE:
        space = line.rfind(" ", begin + 1, begin + MOST_IN_SENTENCE)
        cut = space if space > begin else begin + MOST_IN_SENTENCE
        yield begin, cut
        begin = cut
    yield begin, end
