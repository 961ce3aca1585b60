"""The documents are found: from docs/README.md a reader reaches every one of them."""

import re
from pathlib import Path

import click
import pytest

from dichterbij.cli import group

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+\.md)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def linked_from(page: Path) -> set[Path]:
    """The documents that `page` links to."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    return {(page.parent / target).resolve() for target in targets if "://" not in target}


def anchor(heading: str) -> str:
    """The anchor that a heading gets where documents are shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_index_names_every_document_itself() -> None:
    pages = {path.resolve() for path in (ROOT / "docs").rglob("*.md")} - {(ROOT / "docs" / "README.md").resolve()}
    named = linked_from(ROOT / "docs" / "README.md")
    assert {str(path.relative_to(ROOT)) for path in pages - named} == set(), "add it to docs/README.md"


def test_links_into_a_document_name_a_heading_that_is_there() -> None:
    wrong = []
    for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]:
        for target, part in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if "://" in target:
                continue
            there = (page.parent / target) if target else page
            anchors = {anchor(heading) for heading in HEADING.findall(there.read_text(encoding="utf-8"))}
            if part not in anchors:
                wrong.append(f"{page.name}: {target}#{part}")
    assert wrong == []


@pytest.mark.parametrize("name", ["match", "resolve", "people-for", "partition", "explain", "exposure", "no-bridge"])
def test_the_page_of_the_bridge_names_the_options_that_a_command_has(name: str) -> None:
    page = (ROOT / "docs" / "reference" / "cli-bridge.md").read_text(encoding="utf-8")
    usage = re.search(rf"^    dichterbij {name} .*(?:\n     .*)*", page, re.MULTILINE)
    assert usage, f"{name}: no usage"
    command = group.get_command(click.Context(group), name)
    assert command
    has = {word for option in command.params if isinstance(option, click.Option) for word in option.opts}
    assert set(re.findall(r"--[a-z-]+", usage.group())) == has


def test_the_catalogue_of_money_names_tests_and_commands_that_are_there() -> None:
    page = (ROOT / "docs" / "reference" / "money-catalogue.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:budget|schemes|web|cli|situations)/[\w/]+\.(?:py|yaml))`", page))
    under = {name: "domains" if name.startswith(("budget/", "schemes/")) else "" for name in named}
    assert [name for name in sorted(named) if not (ROOT / "tests" / under[name] / name).exists()] == []
    context = click.Context(group)
    for command in ("ledger", "schemes"):
        part = group.get_command(context, command)
        assert isinstance(part, click.Group)
        told = set(re.findall(rf"`{command} ([a-z-]+)[^`]*`", page))
        assert told
        assert told - set(part.list_commands(context)) == set()
