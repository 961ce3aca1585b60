"""What every page is looked at for: the list of pages, axe without waste, the keyboard, and the scan that is kept."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from dichterbij.data import REFERENCE, read_yaml

LISTS = Path(__file__).parent.parent / "browser" / "pages"
SCAN = REFERENCE / "accessibility" / "scan.json"
LANGUAGES = ("nl", "en")
PHONE = re.compile(r"\(?0[\dX]{1,3}\)?[ -]?[\dX]{2,3} ?[\dX]{2} ?[\dX]{2}|14 ?0\d{2,3}|\b0800[ -]?\d{4}|\b1400\b")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What can differ between light and dark; `make test-long` asks every rule in both.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SITE = (
    "/",
    "/privacy/",
    "/bronnen/",
    "/rekenregels/",
    "/toegankelijkheid/",
    "/loket/",
    "/loket/regios/",
    "/loket/regios/?zoek=xyzzy",
    "/loket/AM01/",
    "/loket/AM01/alle/",
    "/loket/AM01/job_seeker/",
    "/loket/AM01/job_seeker/work/?werk=AM22",
    "/loket/NL/unknown/unknown/",
    # These need a postcode: the sweep gives one.
    "/dichtbij/",
    "/dichtbij/lijst/",
    "/dichtbij/vragen/",
    "/dichtbij/vragen/werk/",
    "/dichtbij/vacature/story-kamers-alkmaar/",
    "/dichtbij/mail/",
)
POSTCODE = "1811"


def paths() -> tuple[str, ...]:
    """Every page to look at, without its language: the site's own and what each app lists in pages/<app>.txt."""
    listed = [line.split("#")[0].strip() for file in sorted(LISTS.glob("*.txt")) for line in _lines(file)]
    return tuple(dict.fromkeys([*SITE, *filter(None, listed)]))


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def run_axe(page: Page, *, rules: list[str] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Axe's violations, incomplete and passed rules of a page into which axe was put when it opened."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"], "iframes": False, "preload": False}
    result: dict[str, list[dict[str, Any]]] = page.evaluate(
        """async (options) => {
            const found = await axe.run(document, options);
            const brief = (rules) => rules.map((rule) => ({id: rule.id, help: rule.help,
                nodes: rule.nodes.map((node) => node.html.slice(0, 160) + " | " + (node.any[0]?.message ?? ""))}));
            return {violations: brief(found.violations), incomplete: brief(found.incomplete),
                passes: found.passes.map((rule) => ({id: rule.id})), version: [{id: found.testEngine.version}]};
        }""",
        options,
    )
    return result


def told(violations: list[dict[str, Any]]) -> str:
    """Violations in lines to read."""
    return "\n".join(f"{rule['id']}: {rule['help']}: {node}" for rule in violations for node in rule["nodes"][:4])


def faults_of_focus(page: Page) -> list[str]:
    """Walks over the page with Tab: what cannot be reached, what shows no focus, what is hidden under something."""
    expected: int = page.evaluate(_MARK)
    faults = []
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    for _ in range(expected + 3):
        page.keyboard.press("Tab")
        seen = page.evaluate(_LOOK)
        if seen is None:
            break
        faults += [f"{fault}: {seen['html']}" for fault in seen["faults"]]
    missed: list[str] = page.evaluate("() => [...window.__stops].map((element) => element.outerHTML.slice(0, 120))")
    return [*dict.fromkeys(faults), *(f"not reached with Tab: {html}" for html in missed)]


# Everything somebody can act on and see; of a group of radio buttons only the one Tab stops at.
_MARK = """() => {
    const all = document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button], [role=link]");
    const stops = [...all].filter((element) => {
        if (element.disabled || element.tabIndex < 0 || element.closest("[inert]")) return false;
        if (!element.checkVisibility({visibilityProperty: true})) return false;
        if (element.type !== "radio") return true;
        const group = [...document.querySelectorAll(`input[type=radio][name="${element.name}"]`)]
            .filter((other) => other.form === element.form);
        return element === (group.find((radio) => radio.checked) ?? group[0]);
    });
    window.__stops = new Set(stops);
    return stops.length;
}"""
_LOOK = """async () => {
    await new Promise(requestAnimationFrame);
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    window.__stops.delete(element);
    const around = [element, element.labels?.[0] ?? element, element.parentElement].map((one) => getComputedStyle(one));
    const shown = around.some((style) => style.boxShadow !== "none"
        || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2));
    const faults = shown ? [] : ["no focus to be seen"];
    if (element.tabIndex > 0) faults.push("tabindex above 0");
    const box = element.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) faults.push("focus is outside the window");
    return {html: element.outerHTML.slice(0, 120), faults};
}"""

# Whatever moves although the visitor asked for rest.
MOVES = """() => [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    const long = (text) => text.split(",").some((part) => parseFloat(part) > 0.01);
    return style.animationName !== "none" && long(style.animationDuration) || long(style.transitionDuration)
        || style.scrollBehavior === "smooth";
}).map((element) => element.outerHTML.slice(0, 120))"""

# What sticks out of the window, so that a test says more than a number.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.right > innerWidth + 1 && box.width > 0 && !element.closest(".hidden-visually");
    }).map((element) => element.outerHTML.slice(0, 120)).slice(0, 4).concat(
        [`page is ${document.documentElement.scrollWidth} wide`])"""


@dataclass
class Source:
    """A page as it came over the line, before any JavaScript."""

    path: str
    language: str = ""
    title: str = ""
    h1: int = 0
    inline: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    end: str = ""

    @property
    def faults(self) -> list[str]:
        """What no page may have."""
        wanted = self.path.split("/")[1]
        twice = [name for name, count in Counter(self.ids).items() if count > 1]
        found = [
            (self.language != wanted, f"lang is {self.language!r}"),
            (not self.title.removesuffix(" - Dichterbij").strip(), "no title"),
            (self.h1 != 1, f"{self.h1} h1"),
            (bool(self.inline), f"inline {self.inline}"),
            (bool(twice), f"ids twice {twice}"),
        ]
        return [f"{self.path}: {fault}" for is_there, fault in found if is_there]

    @property
    def ends_with_a_desk(self) -> bool:
        """Whether the last words of the content hold a phone number."""
        return bool(PHONE.search(self.end))


def source(path: str, html: str) -> Source:
    """The page read as text."""
    reader = _Reader(path)
    reader.feed(html)
    reader.page.title = " ".join(reader.page.title.split())
    reader.page.end = " ".join(" ".join(reader.words).split())[-700:]
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.page, self.words, self._in = Source(path), list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.page.language = given.get("lang") or ""
        self.page.h1 += tag == "h1"
        if tag == "style" or "style" in given or (tag == "script" and "src" not in given) or _handler(given):
            self.page.inline.append(tag)
        if given.get("id"):
            self.page.ids.append(str(given["id"]))
        if tag in ("main", "title", "svg"):
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._in:
            self._in.remove(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self._in and "svg" not in self._in:
            self.page.title += data
        elif "main" in self._in:
            self.words.append(data)


def _handler(attributes: dict[str, str | None]) -> bool:
    return any(name.startswith("on") for name in attributes)


@dataclass
class Scan:
    """What was found on the pages in one go over the site."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    failed: dict[str, list[str]] = field(default_factory=dict)
    unsure: dict[str, list[str]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, language: str, result: dict[str, list[dict[str, Any]]]) -> None:
        """Take in one look at a page."""
        self.pages.setdefault(path, [])
        if language not in self.pages[path]:
            self.pages[path].append(language)
        self.passed |= {rule["id"] for rule in result["passes"]}
        for kind, kept in (("violations", self.failed), ("incomplete", self.unsure)):
            for rule in result[kind]:
                places = kept.setdefault(rule["id"], [])
                places += [place] if (place := f"/{language}{path}") not in places else []
        self.versions["axe"] = result["version"][0]["id"]

    def write(self, target: Path, *, on: str) -> None:
        """As JSON that is the same for the same findings."""
        content = {
            "scanned_on": on,
            "versions": self.versions,
            "languages": list(LANGUAGES),
            "pages": sorted(self.pages),
            "rules_passed": sorted(self.passed - self.failed.keys()),
            "rules_failed": {rule: sorted(self.failed[rule]) for rule in sorted(self.failed)},
            "rules_to_look_at": {rule: len(self.unsure[rule]) for rule in sorted(self.unsure)},
        }
        target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def wanted_scan() -> Path | None:
    """Where the result of this run is to be kept: SCAN_TO, or nowhere."""
    given = os.environ.get("SCAN_TO")
    return Path(given) if given else None


def kept_scan() -> dict[str, Any]:
    """The scan that the accessibility statement tells of."""
    content: dict[str, Any] = json.loads(SCAN.read_text(encoding="utf-8"))
    return content


def kept_source() -> dict[str, Any]:
    """What the scan says about itself."""
    content: dict[str, Any] = read_yaml(SCAN.with_name("source.yaml"))
    return content


def each(language: str) -> Iterator[str]:
    """Every page in one language."""
    return (f"/{language}{path}" for path in paths())
