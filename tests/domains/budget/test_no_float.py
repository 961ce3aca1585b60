"""No amount of money ever passes through a float: the code that handles it has none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src" / "dichterbij"
FILES = sorted([*SOURCE.glob("domains/budget/**/*.py"), SOURCE / "cli" / "ledger.py"])


def floats(tree: ast.AST) -> Iterator[int]:
    """Lines with a number that is not whole, a division that may give one, or the word itself."""
    for node in ast.walk(tree):
        is_number = isinstance(node, ast.Constant) and isinstance(node.value, float)
        is_division = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        is_word = isinstance(node, ast.Name) and node.id in ("float", "round")
        if is_number or (is_division and not is_path(node)) or is_word:
            yield node.lineno  # type: ignore[attr-defined]


def is_path(node: ast.AST) -> bool:
    """Whether this joins a folder and a name."""
    right = getattr(node, "right", None)
    return (isinstance(right, ast.Constant) and isinstance(right.value, str)) or "RULES" in ast.unparse(node)


@pytest.mark.parametrize("file", FILES, ids=lambda path: "/".join(path.relative_to(SOURCE).parts[-3:]))
def test_there_is_no_float_where_money_is(file: Path) -> None:
    assert list(floats(ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("code", ["a = 0.5", "a = cents / 2", "a = float(cents)", "a = round(cents)", "a /= 2"])
def test_a_float_would_be_seen(code: str) -> None:
    assert list(floats(ast.parse(code)))
