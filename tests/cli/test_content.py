"""Which text must be read through first."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dichterbij.cli import content, group


def put(root: Path, name: str, before: str) -> None:
    folder = root / "content" / name
    folder.mkdir(parents=True)
    (folder / "page.yaml").write_text(f"reviewed_on: 2026-01-01\nreview_before: {before}\nsources: []\n")
    for language in ("nl", "en"):
        (folder / f"{language}.yaml").write_text("title: x\nsections: []\n")


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "ROOT", tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "languages.yaml").write_text("[{code: nl, name: Nederlands}, {code: en, name: English}]")
    put(tmp_path, "routes/later", "2027-05-22")
    put(tmp_path, "doors/first", "2026-06-01")


def test_the_text_that_is_due_first_stands_on_top(texts: None) -> None:
    told = CliRunner().invoke(group, ["content", "--on", "2026-12-01"])
    assert told.stdout.splitlines() == [
        "2026-06-01\toverdue\tdoors/first\ten,nl",
        "2027-05-22\tin time\troutes/later\ten,nl",
    ]
    assert "2 texts, 1 overdue on 2026-12-01." in told.stderr


def test_only_what_is_overdue_when_asked(texts: None) -> None:
    told = CliRunner().invoke(group, ["content", "--overdue", "--on", "2026-06-01"])
    assert told.stdout == ""
    assert f"0 texts, 0 overdue on {date(2026, 6, 1)}." in told.stderr
