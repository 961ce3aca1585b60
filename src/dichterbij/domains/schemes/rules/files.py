"""The schemes in the package: one folder each, one file per published version, none of which ever changes."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from dichterbij.data import SCHEMES
from dichterbij.domains.schemes.rules.moments import day_of
from dichterbij.domains.schemes.rules.reading import read_scheme
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.rules.dated import read_rule_folder
from dichterbij.shared.errors import InputError, NotFoundError

ROOT = SCHEMES
PUBLISHED = "published"


def scheme(slug: str, on: date, *, choices: Mapping[str, str] | None = None, root: Path = ROOT) -> Scheme:
    """The version of this scheme that holds on this day. NotFoundError for no such scheme, InputError before its first
    version, for a file with a mistake, and for a published file that was changed."""
    if slug not in slugs(root):
        raise NotFoundError(f"There is no scheme {slug}; there is {', '.join(slugs(root))}.")
    valid = [version for version in versions(slug, root) if version <= on]
    if not valid:
        raise InputError(f"The scheme {slug} begins on {versions(slug, root)[0]}; there is none on {on}.")
    return version(slug, valid[-1], choices=choices, root=root)


def version(slug: str, day: date, *, choices: Mapping[str, str] | None = None, root: Path = ROOT) -> Scheme:
    """This version of this scheme, checked against its digest of the day it was published."""
    name = day.isoformat()
    file = read_rule_folder(root / slug, names=[name], own=None)[name]
    if digests(root).get(f"{slug}/{name}.yaml") != file.digest:
        raise InputError(
            f"{slug}/{name}.yaml: a published version never changes, and this file is not the one in published.yaml; "
            "put it back, and write the change as a new version"
        )
    read = read_scheme(file.values, digest=file.digest, choices=choices)
    if (read.slug, read.version) != (slug, day):
        raise InputError(f"{slug}/{name}.yaml: the file says it is {read.slug} of {read.version}")
    return read


def schemes(on: date, root: Path = ROOT) -> tuple[Scheme, ...]:
    """Every scheme that has a version on this day, by name."""
    return tuple(scheme(slug, on, root=root) for slug in slugs(root) if versions(slug, root)[0] <= on)


@lru_cache(maxsize=8)
def slugs(root: Path = ROOT) -> tuple[str, ...]:
    """The names of all schemes."""
    return tuple(sorted(path.name for path in root.iterdir() if path.is_dir()))


@lru_cache(maxsize=256)
def versions(slug: str, root: Path = ROOT) -> tuple[date, ...]:
    """The days on which versions of a scheme begin, oldest first."""
    days = sorted(day_of(path.stem, f"{slug}/{path.name}") for path in (root / slug).glob("*.yaml"))
    if not days:
        raise InputError(f"{slug}: this scheme has no version")
    return tuple(days)


def digests(root: Path = ROOT) -> Mapping[str, str]:
    """The digest of every published file, by its path."""
    file = read_rule_folder(root, names=[PUBLISHED], own=None)[PUBLISHED]
    return {str(path): str(digest) for path, digest in file.values["files"].items()}
