"""The repository tests itself: nothing undocumented, nothing dead."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "dichterbij"
FRONT_DESK = {
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "GOVERNANCE.md", "publiccode.yml",
    "pyproject.toml", "requirements", "Makefile", "src", "tests", "benchmarks", "docs",
}  # fmt: skip


def sources(*suffixes: str) -> list[Path]:
    found = (path for suffix in suffixes for path in SOURCE.rglob(f"*{suffix}"))
    return [path for path in found if "node_modules" not in path.parts]


def test_every_environment_variable_is_in_the_settings_page() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    used = {name for path in sources(".py") for name in re.findall(r"\bDICHTERBIJ_[A-Z_]+", path.read_text("utf-8"))}
    assert {name for name in used if f"`{name}`" not in page} == set()


def pinned(name: str) -> dict[str, set[str]]:
    """Package -> the versions that this set of requirements pins."""
    found: dict[str, set[str]] = {}
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    for package, version in re.findall(r"^([\w.\[\]-]+)==([^ ;]+)", text, re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize(("small", "large"), [("run", "dev"), ("dev", "bench")])
def test_a_larger_set_of_requirements_holds_the_smaller_one_in_the_same_versions(small: str, large: str) -> None:
    assert pinned(small)
    assert {name: pinned(large).get(name) for name in pinned(small)} == pinned(small)


def test_what_an_extra_asks_is_there_for_the_tests() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    asked = {re.split(r"[<>=!~ \[]", line)[0] for lines in extras.values() for line in lines}
    assert asked - set(pinned("dev")) == set()


def test_every_template_is_used() -> None:
    """Named in full, or without its app's folder where one function puts that in front."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in sources(".py", ".html", ".txt"))
    quoted = set(re.findall(r"[\"']([\w/.-]+\.(?:html|txt))[\"']", texts))
    templates = {path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
                 for path in sources(".html", ".txt") if "templates" in path.parts}  # fmt: skip
    assert {name for name in templates if not {name, name.partition("/")[2]} & quoted} == set()


def test_no_template_has_inline_script_or_style() -> None:
    guilty = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    found = [path.name for path in sources(".html") if guilty.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_command_has_a_reference_page() -> None:
    from dichterbij.cli import COMMANDS

    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    assert {name for name in COMMANDS if f"dichterbij {name}" not in pages} == set()


def test_there_are_at_most_eight_decisions_and_they_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= 8


def test_the_front_desk_holds_nothing_else() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} - FRONT_DESK == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs").rglob("*.md")) + sorted(ROOT.glob("*.md")), ids=lambda p: p.name
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (path.parent / target).exists()] == []
