"""Reading a file of hand-overs from an old system, whole, and telling everything that is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from dichterbij.shared.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from dichterbij.domains.accounts.queries.receivers import OrganisationRow
    from dichterbij.domains.referral.rules.importing import Fault, OldHandover

LONGEST_CELL = 10_000


def read_file(path: Path, *, today: date) -> tuple[tuple[OldHandover, ...], tuple[Fault, ...]]:
    """Every line that can be taken over, and what is wrong with the others. InputError for another kind of file."""
    from django.conf import settings

    from dichterbij.domains.referral.rules.importing import Fault, OldHandover, read_line
    from dichterbij.domains.regions.queries import regions

    codes, languages = {region.code for region in regions()}, [code for code, _ in settings.LANGUAGES]
    lines, faults = list[OldHandover](), list[Fault]()
    for number, values in _lines(path):
        read = read_line(number, values, regions=codes, languages=languages, today=today)
        if isinstance(read, OldHandover):
            lines.append(read)
        else:
            faults += read
    if not lines and not faults:
        raise InputError(f"{path}: there are no lines under the header.")
    return tuple(lines), tuple(faults)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = stream.readline()
            delimiter = ";" if header.count(";") > header.count(",") else ","
            names = _header(path, next(csv.reader([header], delimiter=delimiter), []))
            reader, line = csv.reader(stream, delimiter=delimiter, strict=True), 2
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, _values(path, line, names, cells)
                line = reader.line_num + 2
    except UnicodeDecodeError:
        raise InputError(f'{path}: is not written in UTF-8. Save it as "CSV UTF-8" and try again.') from None
    except csv.Error as error:
        raise InputError(f"{path}: cannot be read as CSV: {error}. Is a quotation mark open?") from None


def _header(path: Path, cells: list[str]) -> list[str]:
    from dichterbij.domains.referral.rules.importing import COLUMNS, REQUIRED

    names = [cell.strip().casefold() for cell in cells]
    missing, unknown = [name for name in REQUIRED if name not in names], [name for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1})
    for words, found in (("has no column", missing), ("does not know column", unknown), ("has twice", twice)):
        if found:
            raise InputError(f"{path}: the header {words} {', '.join(found)[:200]}. Columns are {', '.join(COLUMNS)}.")
    return names


def _values(path: Path, line: int, names: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(names):
        raise InputError(f"{path}, line {line}: has {len(cells)} columns, and the header has {len(names)}.")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise InputError(f"{path}, line {line}: a cell of more than {LONGEST_CELL} letters; is a quotation mark open?")
    return dict(zip(names, cells, strict=True))


def organisations_by_name() -> Callable[[str], OrganisationRow | None]:
    """Finds an organisation by its id, or by its name where only one has it; asked once for each."""
    from dichterbij.domains.accounts.queries.organisations import organisations_named
    from dichterbij.domains.accounts.queries.receivers import organisations

    @cache
    def named(text: str) -> OrganisationRow | None:
        try:
            number = UUID(text)
        except ValueError:
            found = organisations_named(name=text)
            return found[0] if len(found) == 1 else None
        return organisations([number]).get(number)

    return named
