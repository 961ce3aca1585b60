"""The parameters of the bridge: one folder of YAML files, read as printed in the contract."""

from pathlib import Path
from typing import Any

import yaml

SETS = ("travel", "water", "licences", "demands", "lead_weeks", "learning")
AROUND = ("valid_from", "source", "checked_on")


class ParameterError(Exception):
    """The parameters cannot be used."""


def load(packaged: Path, date: str, directory: Path | None = None) -> dict[str, Any]:
    """Every set by its name: those of `directory` first, else those of the packaged period of `date` (text)."""
    # "the newest folder not after `--date` counts ... another .yaml name in it is an error,
    #  and so is a --date before the first packaged folder"
    periods = sorted(folder.name for folder in packaged.iterdir() if folder.is_dir() and folder.name <= date)
    if not periods:
        raise ParameterError("date before the first packaged folder")
    found = {}
    for name in SETS:
        found[name] = packaged / periods[-1] / f"{name}.yaml"
        # "files it lacks come from the packaged one"
        if directory is not None and (directory / f"{name}.yaml").exists():
            found[name] = directory / f"{name}.yaml"
    if directory is not None:
        for path in directory.glob("*.yaml"):
            if path.stem not in SETS:
                raise ParameterError(f"{path.name} is no set of parameters")
    sets = {name: yaml.safe_load(path.read_text(encoding="utf-8")) for name, path in found.items()}
    check(sets)
    return sets


def check(sets: dict[str, Any]) -> None:
    """Raise for a number below 0 or not whole, and for a cycle."""
    # "Values are whole numbers >= 0"
    for values in sets.values():
        for number in numbers({key: value for key, value in values.items() if key not in AROUND}):
            if not isinstance(number, int) or number < 0:
                raise ParameterError(f"{number} is no whole number of 0 or more")
    # "a cycle in `needs` or `includes` is an error"
    codes = sets["licences"]["codes"]
    for relation in ("needs", "includes"):
        for code in codes:
            if code in everything_after(code, relation, codes):
                raise ParameterError(f"{code} {relation} itself")


def numbers(value: Any) -> list[Any]:
    """Every number (or boolean) in nested lists and mappings."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def everything_after(code: str, relation: str, codes: dict[str, Any]) -> set[str]:
    """The codes reached from `code` by `relation`, and so on; the code itself only by a cycle."""
    reached: set[str] = set()
    to_do = [code]
    while to_do:
        for after in codes.get(to_do.pop(), {}).get(relation, []):
            if after not in reached:
                reached.add(after)
                to_do.append(after)
    return reached
