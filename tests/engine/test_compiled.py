"""Compiled functions are kept for one text of the engine only."""

import ast
from pathlib import Path

from dichterbij import engine
from dichterbij.engine.compiled import PARTS

FOLDER = Path(engine.__file__).parent


def engine_imports(part: str) -> set[str]:
    """The parts of the engine that this one takes functions or constants from."""
    tree = ast.parse((FOLDER / f"{part}.py").read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {module.rpartition(".")[2] for module in modules if module.startswith("dichterbij.engine.")}


def test_a_change_in_any_part_of_the_kernel_makes_it_compile_again() -> None:
    used = {"scan"}
    while more := {name for part in used for name in engine_imports(part)} - used:
        used |= more
    assert used == set(PARTS)
