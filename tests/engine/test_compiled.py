"""Compiled functions are kept for one text of the engine only."""

import ast
from pathlib import Path

from dichterbij import engine
from dichterbij.engine.compiled import PARTS

FOLDER = Path(engine.__file__).parent


def engine_imports(path: Path) -> set[Path]:
    """The files of the engine that this one takes functions or constants from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    paths = {FOLDER / f"{module.replace('.', '/').partition('engine/')[2]}.py" for module in modules}
    return {path for path in paths if path.exists() and FOLDER in path.parents}


def test_a_change_in_any_part_of_the_kernel_makes_it_compile_again() -> None:
    """What a compiled file uses of others must be among the parts; its own text numba looks at itself."""
    compiled = [path for path in FOLDER.rglob("*.py") if "@compiled\n" in path.read_text(encoding="utf-8")]
    used: set[Path] = set().union(*map(engine_imports, compiled))
    while more := set().union(*map(engine_imports, used)) - used:
        used |= more
    assert {path.relative_to(FOLDER).with_suffix("").as_posix() for path in used} <= set(PARTS)
