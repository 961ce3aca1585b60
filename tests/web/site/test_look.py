"""Colours can be read and the look is built from what is committed."""

import json
import re

import pytest

from dichterbij.web.messages import WEB

TOKENS = (WEB / "assets" / "css" / "tokens.css").read_text(encoding="utf-8")
BUILT = (WEB / "site" / "static" / "site" / "site.css").read_text(encoding="utf-8")
TEXT_ON = [
    ("text", "page"),
    ("text", "band"),
    ("text", "surface"),
    ("text", "plank-soft"),
    ("quiet", "page"),
    ("quiet", "band"),
    ("link", "page"),
    ("link", "band"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-plank", "plank"),
    ("error", "page"),
    ("error", "error-soft"),
    ("ok", "page"),
    ("warning", "warning-soft"),
]
EDGES_ON = [("edge", "page"), ("edge", "band"), ("plank-edge", "page"), ("plank-edge", "band"), ("focus", "page")]
SCHEMES = {"light": TOKENS[: TOKENS.index("@media")], "dark": TOKENS[TOKENS.index("@media") :]}


def colour(scheme: str, name: str) -> str:
    found = re.search(rf"--db-{name}: (#[0-9a-f]{{6}});", SCHEMES[scheme])
    assert found is not None, f"{scheme} has no {name}"
    return found[1]


def luminance(code: str) -> float:
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_has_the_highest_contrast_level(scheme: str, text: str, ground: str) -> None:
    assert contrast(colour(scheme, text), colour(scheme, ground)) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES_ON)
def test_edges_that_mean_something_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    assert contrast(colour(scheme, edge), colour(scheme, ground)) >= 3


def test_the_built_look_holds_every_colour_of_the_tokens() -> None:
    built = set(re.findall(r"--db-[a-z-]+:\s*(#[0-9a-f]+)", BUILT))
    for code in re.findall(r"--db-[a-z-]+: (#[0-9a-f]{6});", TOKENS):
        short = (
            f"#{code[1]}{code[3]}{code[5]}"
            if code[1] == code[2] and code[3] == code[4] and code[5] == code[6]
            else code
        )
        assert {code, short} & built, f"{code} is not in site.css: run npm run build in src/dichterbij/web/assets"


def test_only_open_components_are_used() -> None:
    package = json.loads((WEB / "assets" / "package.json").read_text(encoding="utf-8"))
    assert not [name for name in package["devDependencies"] if "design-tokens" in name or "rijkshuisstijl" in name]


def test_the_letter_comes_with_its_licence() -> None:
    fonts = WEB / "site" / "static" / "site" / "fonts"
    assert "SIL OPEN FONT LICENSE" in (fonts / "LICENSE-fira-sans.txt").read_text(encoding="utf-8").upper()
    assert {path.name for path in fonts.glob("*.woff2")} == set(re.findall(r"fira-sans[a-z0-9-]+\.woff2", BUILT))
