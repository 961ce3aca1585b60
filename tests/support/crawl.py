"""Walking over the running site as a visitor without answers: from link to link, a few pages of every kind."""

import re
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

PER_KIND = 2  # pages that differ in region, number or code only
MOST_PAGES = 600
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CODES = re.compile(r"/(?:AM\d\d|NL|GM\d{4}|\d+|[A-Z0-9]{5,})(?=/|$)")


@dataclass
class Page:
    """A page as it came: links with their words, ids, and the words of its main part."""

    path: str
    status: int
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    text: str = ""


def crawl(address: str, starts: Iterable[str]) -> dict[str, Page]:
    """Pages by path; at most PER_KIND of a kind, so that 35 regions are not walked one by one."""
    waiting, seen, kinds = deque(starts), set(starts), Counter[str]()
    found: dict[str, Page] = {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        page = found[path] = fetch(address, path)
        for link in internal(page):
            kind = kind_of(link)
            if link not in seen and kinds[kind] < PER_KIND:
                seen.add(link)
                kinds[kind] += 1
                waiting.append(link)
    return found


def internal(page: Page) -> list[str]:
    """Paths of this site that a page links to, without their part of the page."""
    return [urldefrag(link)[0] for link in _absolute(page) if link.startswith("/") and urldefrag(link)[0]]


def fragments(page: Page) -> list[tuple[str, str]]:
    """Path and part, for links that name a part of a page."""
    return [(path, unquote(part)) for path, part in map(urldefrag, _absolute(page)) if part and path.startswith("/")]


def external(page: Page) -> list[str]:
    """Addresses outside the site."""
    return [urldefrag(link)[0] for link in page.links if link.startswith(("http:", "https:", "//"))]


def kind_of(path: str) -> str:
    """The path with codes and numbers left out, and the name of what follows the question mark, or `several`."""
    parts = urlsplit(path)
    names = sorted({name for name, _ in parse_qsl(parts.query)})
    return f"{_CODES.sub('/*', parts.path)}?{'several' if len(names) > 1 else ''.join(names)}"


def fetch(address: str, path: str) -> Page:
    """The page at this path, redirects followed; only HTML is read."""
    try:
        answer = urllib.request.urlopen(address + path, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        page = Page(path, answer.status)
        if answer.headers.get_content_type() == "text/html":
            reader = _Reader(page, address)
            reader.feed(answer.read().decode())
            page.text = " ".join(" ".join(reader.words).split())
    return page


def _absolute(page: Page) -> list[str]:
    mine = [link for link in page.links if not re.match(r"[a-z]+:|//", link)]
    return [urljoin(page.path, link) for link in mine]


class _Reader(HTMLParser):
    """Fills a page; words in another language than the page's and the list of its sources are left out."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__()
        self.page, self.address, self.words = page, address, list[str]()
        self._open: list[tuple[str, str]] = []  # tag, and the language in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _VOID:
            self._open.append((tag, given.get("lang") or (self._open[-1][1] if self._open else "")))
        if given.get("id"):
            self.page.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.page.links.append(str(given["href"]).removeprefix(self.address))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in (name for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [name for name, _ in self._open]
        if "main" in tags and "footer" not in tags and self._open[0][1] == self._open[-1][1]:
            self.words.append(data)
