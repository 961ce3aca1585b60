"""The commands of a page of documentation, asked for real, and held against the answer that the page shows."""

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from support.programs import Program

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
SITE = "https://dichterbij.example"
BLOCK = re.compile(r"```sh\n(.*?)```(?:\n```json\n(.*?)```)?", re.DOTALL)


def examples() -> list[tuple[str, Any]]:
    """Every command, with the answer shown for it (of the last in a block), or None."""
    found: list[tuple[str, Any]] = []
    for commands, shown in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        lines = commands.replace("\\\n", " ").strip().splitlines()
        found += [(line, None) for line in lines[:-1]]
        found.append((lines[-1], json.loads(shown) if shown else None))
    return found


def asked(program: Program, command: str, names: Mapping[str, str]) -> Any:
    """What the command gives; `names`: what a reader fills in."""
    for name, value in names.items():
        command = command.replace(name, value)
    method, body, headers, address = "GET", None, {}, ""
    words = iter(shlex.split(command)[1:])
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-d":
            body = json.loads(next(words))
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers |= {name: value} if name != "Content-Type" else {}
        else:
            address = word.removeprefix(SITE)
    if "Accept" in headers:
        return program.text(address, **headers)
    if method == "POST":
        return program.post(address, body, 201 if address.endswith("/aanvragen") else 200, **headers)
    return program.get(address, **headers)


def is_shown(shown: Any, told: Any) -> bool:
    """Whether the answer has what the page shows; `...` is anything."""
    if isinstance(shown, dict):
        return all(name in told and is_shown(value, told[name]) for name, value in shown.items())
    return shown in ("...", told)
