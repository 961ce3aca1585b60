"""Reads a file of records, refuses the invalid ones by name, and writes what the bridge and a later export need."""

import contextlib
import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dichterbij.gateways.vum import mapping, schema
from dichterbij.gateways.vum.schema import Kind
from dichterbij.shared.errors import InputError

Json = Any
DOELGROEP = "indicatieLdrRegistratie"
ROWS_FILE = {Kind.JOB_SEEKER: "people.jsonl", Kind.VACANCY: "openings.jsonl"}


@dataclass
class ImportReport:
    """What an import did: counts, and each refused record with its place, path and reason."""

    read: int = 0
    imported: int = 0
    doelgroep_kept_apart: int = 0
    untranslated_skills: int = 0
    refused: list[dict[str, Json]] = field(default_factory=list)


def import_file(*, kind: Kind, path: Path, out: Path, postcodes: frozenset[int]) -> ImportReport:
    """Import `path` (a JSON list, or one record a line) into folder `out`; InputError when the file is unreadable.

    Writes people.jsonl or openings.jsonl (rows of the bridge), records.jsonl (every value under its path, in three
    groups: searchable, match, detail), refused.jsonl, and for job seekers doelgroep.jsonl. Only the owner may read the
    files; they appear when all of them are complete.
    """
    report = ImportReport()
    rows: list[Json] = []
    records: list[Json] = []
    doelgroep: list[Json] = []
    seen: set[str] = set()
    for number, record in enumerate(_records(path), start=1):
        report.read += 1
        cleaned = schema.without_empties(record)
        fault = schema.fault_of(cleaned, kind) or _further_fault(cleaned, kind, seen, postcodes)
        identity = cleaned.get(kind.id_field) if isinstance(cleaned, dict) else None
        if fault:
            report.refused.append({"record": number, "id": identity, "path": fault.path, "expected": fault.expected})
            continue
        seen.add(cleaned[kind.id_field])
        if DOELGROEP in cleaned:
            doelgroep.append({"id": identity, DOELGROEP: cleaned.pop(DOELGROEP)})
        rows.append(mapping.bridge_row(cleaned, kind))
        records.append({"id": identity, **schema.tagged(cleaned, kind)})
        report.untranslated_skills += _has_untranslated(cleaned, rows[-1])
    report.imported, report.doelgroep_kept_apart = len(rows), len(doelgroep)
    _write_all(out, kind, rows=rows, records=records, refused=report.refused, doelgroep=doelgroep)
    return report


def _further_fault(record: Json, kind: Kind, seen: set[str], postcodes: frozenset[int]) -> schema.Fault | None:
    if record[kind.id_field] in seen:
        return schema.Fault(f"$.{kind.id_field}", "an id that was not used before in this file")
    place = ("mobiliteit", "bemiddelingspostcode") if kind is Kind.JOB_SEEKER else ("adres", "postcode")
    if int(record[place[0]][place[1]][:4]) not in postcodes:
        return schema.Fault(f"$.{place[0]}.{place[1]}", "a postcode in the postcode table")
    return None


def _has_untranslated(record: Json, row: Json) -> bool:
    source = record.get("arbeidsmarktkwalificatie", record)
    return bool(source.get("competentiebeheersing")) and not (row.get("skills") or row.get("essential"))


def _records(path: Path) -> Iterator[Json]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}. Give a UTF-8 text file with JSON.") from error
    if not text.strip():
        raise InputError(f"{path} is empty. Give a JSON list of records, or one record a line; [] when there are none.")
    if text.lstrip().startswith("["):
        yield from _parsed(text, f"{path} is not complete JSON")
        return
    for number, line in enumerate(text.split("\n"), start=1):  # splitlines would part a text that holds U+2028
        if line.strip():
            yield _parsed(line, f"{path}, line {number}, is not complete JSON")


def _parsed(text: str, complaint: str) -> Json:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{complaint}: {error}. Nothing was imported.") from error
    except RecursionError:
        raise InputError(f"{complaint}: it is nested too deeply to be records. Nothing was imported.") from None


def _write_all(out: Path, kind: Kind, **lists: list[Json]) -> None:
    """Everything under other names first, so that a disk that fills up leaves no half import."""
    files = {out / (ROWS_FILE[kind] if name == "rows" else f"{name}.jsonl"): rows for name, rows in lists.items()}
    if kind is not Kind.JOB_SEEKER:
        del files[out / "doelgroep.jsonl"]
    drafts = {path: path.with_name(path.name + ".unfinished") for path in files}
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_folders(drafts)
        for path, rows in files.items():
            _write(drafts[path], rows)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        raise InputError(f"Cannot write to {out}: {error.strerror}. Choose another folder with --out.") from error


def _refuse_folders(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder there")


def _write(draft: Path, rows: Iterable[Json]) -> None:
    """One object a line; half a character (a lone surrogate) stays the escape it was, so that nothing is lost."""
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
