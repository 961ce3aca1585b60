"""Mutation score of the scheme rules: one small mistake at a time is put into a rule, and the tests must notice.

    python -m benchmarks.scheme_mutations                     # every rule
    python -m benchmarks.scheme_mutations judging kernel      # these modules
    python -m benchmarks.scheme_mutations --sample 300        # so many mistakes, the same ones each time
    python -m benchmarks.scheme_mutations --part 2/3          # the second of three parts, beside the others

A mistake is another comparison, sum, constant, reason or condition, or a step left out. Texts of messages, annotations,
sizes of caches and room for tables are left alone. Compiled functions run as plain Python. Each mistake is tried in a
process of its own; one that hangs counts as noticed. What nobody notices is printed, with its line.
"""

import argparse
import ast
import importlib.util
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = "dichterbij.domains.schemes.rules"
FOLDER = ROOT / "src" / "dichterbij" / "domains" / "schemes" / "rules"
TESTS = ROOT / "tests" / "domains" / "schemes" / "rules"
READING = ("mistakes", "reading", "situations")
MODULES: dict[str, tuple[str, ...]] = {
    "amounts": READING, "moments": READING, "reasons": READING, "files": READING, "scheme": READING,
    "reading": READING, "reading.file": READING, "reading.choices": READING, "reading.windows": READING,
    "reading.money": READING, "reading.terms": READING,
    "formulas": ("edges", "three_witnesses"), "facts": ("facts", "edges", "situations", "deciding", "three_witnesses"),
    "judging": ("three_witnesses", "edges", "situations"), "judging_many": ("three_witnesses", "edges", "situations"),
    "kernel": ("edges", "sharing_witnesses", "deciding"),
    "deciding": ("edges", "deciding", "situations"), "distribution": ("distribution", "sharing_witnesses"),
    "standing": ("edges",),
    "lines": ("lines_and_stays",), "stays": ("lines_and_stays",), "phases": ("lines_and_stays",),
    "fund_report": ("lines_and_stays",), "cost_benefit": ("lines_and_stays",),
}  # fmt: skip
ALL = ("edges", "facts", "reading", "mistakes", "situations", "lines_and_stays", "distribution", "sharing_witnesses",
       "deciding", "three_witnesses")  # fmt: skip
LEFT_ALONE = {
    "_ROOM",
    "_MAGIC",
    "_MIX",
    "_WRITTEN",
    "mixed",
    "__all__",
}  # room, mixing and forms: another value does the same
LEFT_OUT = "not sql and not a_million_applications"  # too slow without a database, and in plain Python
SECONDS = 30  # of processor time for the tests of one mistake; without one they take 12
COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "all": "any", "any": "all"}
WORDS = {"right": "left"}


class Mutator(ast.NodeTransformer):
    """Makes the mistake of this number, and counts all that could be made."""

    def __init__(self, number: int, reasons: Sequence[str]) -> None:
        self.number, self.count, self.reasons = number, 0, reasons
        self.made = ""

    def _try(self, old: ast.AST, new: ast.AST) -> ast.AST:
        self.count += 1
        if self.count - 1 != self.number:
            return old
        before, after = (ast.unparse(one) or "nothing" for one in (old, new))
        self.made = f"{getattr(old, 'lineno', 0)}: {before[:90]!r} -> {after[:90]!r}"
        return ast.copy_location(new, old)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(one) for one in node.body]
        node.args.defaults = [self.visit(one) for one in node.args.defaults]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        if node.name != "Why":  # numbers of reasons: other numbers are other reasons, which one test keeps
            node.body = [self.visit(one) for one in node.body]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        names = {one.id for one in node.targets if isinstance(one, ast.Name)}
        return node if names & LEFT_ALONE else self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return self._try(node, ast.Pass())

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if not isinstance(node.value, ast.Call):
            return node
        tried = self._try(node, ast.Pass())
        return self.generic_visit(tried) if tried is node else tried

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        tried = self._try(node, ast.Pass())
        return self.generic_visit(tried) if tried is node else tried

    def visit_If(self, node: ast.If) -> ast.AST:
        node.test = self._negated(node.test)
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        node.test = self._negated(node.test)
        return self.generic_visit(node)

    def _negated(self, test: ast.expr) -> ast.expr:
        tried = self._try(test, ast.UnaryOp(ast.Not(), test))
        assert isinstance(tried, ast.expr)
        return tried

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for place, operator in enumerate(node.ops):
            new = ast.Compare(node.left, [*node.ops], node.comparators)
            new.ops[place] = COMPARE[type(operator)]()
            tried = self._try(node, new)
            if tried is not node:
                return tried
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if type(node.op) in SUMS:
            tried = self._try(node, ast.BinOp(node.left, SUMS[type(node.op)](), node.right))
            if tried is not node:
                return tried
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        tried = self._try(node, ast.BoolOp(other, node.values))
        return self.generic_visit(node) if tried is node else tried

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        tried = self._try(node, node.operand) if isinstance(node.op, ast.Not | ast.Invert | ast.USub) else node
        return self.generic_visit(node) if tried is node else tried

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            return self._try(node, ast.Constant(not node.value))
        if isinstance(node.value, int):
            return self._try(node, ast.Constant(node.value + 1))
        if isinstance(node.value, str) and node.value in WORDS:
            return self._try(node, ast.Constant(WORDS[node.value]))
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._try(node, ast.Name(NAMES[node.id], node.ctx)) if node.id in NAMES else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == "Why" and node.attr in self.reasons:
            other = self.reasons[self.reasons.index(node.attr) - 1]
            return self._try(node, ast.Attribute(node.value, other, node.ctx))
        if node.attr in NAMES and isinstance(node.value, ast.Name):
            return self._try(node, ast.Attribute(node.value, NAMES[node.attr], node.ctx))
        return self.generic_visit(node)


@dataclass(frozen=True)
class Mistake:
    """One mistake: in which module, its number there, and what it changes."""

    module: str
    number: int
    made: str


def _path(module: str) -> Path:
    path = FOLDER.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _reasons() -> list[str]:
    tree = ast.parse((FOLDER / "reasons.py").read_text())
    found = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Why")
    named = [one.targets[0] for one in found.body if isinstance(one, ast.Assign)]
    return [name.id for name in named if isinstance(name, ast.Name)]


def _mutated(module: str, number: int) -> tuple[ast.Module, Mutator]:
    """The module with the mistake of this number; of none below zero."""
    path = _path(module)
    tree, mutator = ast.parse(path.read_text(), str(path)), Mutator(number, _reasons())
    mutator.visit(tree)
    return ast.fix_missing_locations(tree), mutator


def mistakes(module: str) -> Iterator[Mistake]:
    """Every mistake that can be made in this module."""
    for number in range(_mutated(module, -1)[1].count):
        yield Mistake(module, number, _mutated(module, number)[1].made)


class _Loader(SourceFileLoader):
    """Loads the module with the mistake in it."""

    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class _Finder:
    """Finds that one module; all others are found as always."""

    def __init__(self, mistake: Mistake) -> None:
        self.name, self.path = f"{PACKAGE}.{mistake.module}", _path(mistake.module)
        self.code = compile(_mutated(mistake.module, mistake.number)[0], str(self.path), "exec")

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.path))
        loader.code = self.code
        inside = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=loader, submodule_search_locations=inside
        )


def _tests(module: str) -> list[list[str]]:
    """The tests that know this module best, and then all others."""
    first = MODULES.get(module, ALL)
    groups = first, [one for one in ALL if one not in first]
    return [[str(TESTS / f"test_{name}.py") for name in group] for group in groups if group]


def _child(mistake: Mistake | None, tests: Sequence[Sequence[str]], settings: Path) -> int:
    """Runs the tests with the mistake in place; the exit status of pytest."""
    import pytest
    from hypothesis import settings as examples

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    examples.register_profile("mutations", derandomize=True, database=None, max_examples=25, deadline=None)
    examples.load_profile("mutations")
    if mistake is not None:
        sys.meta_path.insert(0, _Finder(mistake))
    quiet = os.open(os.devnull, os.O_WRONLY)
    if mistake is not None:
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
    wanted = ["-x", "-q", "-c", str(settings), "--rootdir", str(ROOT), "--noconftest", "--import-mode=importlib"]
    plain = ["-p", "no:cacheprovider", "-p", "no:django", "-p", "no:xdist", "-k", LEFT_OUT]
    return int(any(pytest.main([*wanted, *plain, *group]) for group in tests))


def _noticed(mistake: Mistake | None, tests: Sequence[Sequence[str]], settings: Path) -> bool:
    child = os.fork()
    if child == 0:
        status = 3
        try:
            status = _child(mistake, tests, settings)
        except BaseException:
            status = 4
        finally:
            os._exit(1 if status else 0)
    _, status = os.waitpid(child, 0)
    return status != 0


def _settings() -> Path:
    path = Path(tempfile.mkdtemp(prefix="mutations-")) / "pytest.ini"
    path.write_text(f"[pytest]\npythonpath = {ROOT / 'tests'}\nmarkers =\n  long\n  django_db\n")
    return path


def _preload() -> None:
    """What every child needs and no mistake can be in."""
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    sys.path.insert(0, str(ROOT / "tests"))
    import hypothesis.strategies
    import numba
    import pytest
    import yaml

    import dichterbij.data
    import dichterbij.engine.compiled
    from dichterbij.rules import dated

    assert all((hypothesis.strategies, numba, pytest, yaml, dichterbij.engine.compiled))
    import django.db  # noqa: F401  # one witness imports it; no database is opened

    dichterbij.data.read_yaml = cache(dichterbij.data.read_yaml)  # files are read once, by all children together
    dated.read_yaml = dichterbij.data.read_yaml
    for path in [*(ROOT / "tests" / "situations").glob("*.yaml"), *dichterbij.data.SCHEMES.glob("*/*.yaml")]:
        dichterbij.data.read_yaml(path)
    for path in dichterbij.data.SCHEMES.glob("*/*.yaml"):
        dated.read_rule_folder(path.parent, names=[path.stem], own=None)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("modules", nargs="*", default=list(MODULES))
    asked.add_argument("--sample", type=int, default=0, help="so many mistakes, drawn with a fixed seed")
    asked.add_argument("--part", default="1/1", help="2/3: the second of three parts, to run beside each other")
    asked.add_argument("--minutes", type=float, default=0, help="stop after so long")
    given = asked.parse_args()
    found = [mistake for module in given.modules for mistake in mistakes(module)]
    if given.sample or given.minutes:
        random.Random(6).shuffle(found)
    found = found[: given.sample] if given.sample else found
    part, parts = (int(number) for number in given.part.split("/"))
    found = found[part - 1 :: parts]
    _preload()
    settings = _settings()
    if _noticed(None, _tests("all"), settings):
        print("the tests fail without any mistake; mend them first")
        return 2
    status = _report(found, settings, given.minutes)
    if any(
        _noticed(Mistake(module, -1, "none"), _tests(module), settings) for module in ("judging", "kernel", "reading")
    ):
        print("the tests fail without any mistake now: something changed meanwhile, and this score says nothing")
        return 2
    return status


def _report(found: Sequence[Mistake], settings: Path, minutes: float) -> int:
    began, survived, tried = time.monotonic(), [], 0
    for mistake in found:
        if minutes and time.monotonic() - began > 60 * minutes:
            break
        tried += 1
        if not _noticed(mistake, _tests(mistake.module), settings):
            survived.append(mistake)
            print(f"not noticed: {mistake.module}.py:{mistake.made}", flush=True)
        if tried % 20 == 0:
            print(f"{tried} tried", file=sys.stderr, flush=True)
    score = 100 * (tried - len(survived)) / max(1, tried)
    print(f"{tried} of {len(found)} mistakes tried, {tried - len(survived)} noticed: {score:.1f}%", flush=True)
    return 0 if score >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
