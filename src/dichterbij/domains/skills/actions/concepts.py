"""Loading ESCO's concepts, labels and relations from the packaged reference data."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.data import REFERENCE, reference_table
from dichterbij.domains.journal.actions import Changes, ReferenceSet, StagedTable, upsert

Row = tuple[object, ...]

CONCEPTS = StagedTable(
    table="skills_concept",
    incoming=dict.fromkeys(("uri", "kind", "code", "isco", "skill_type", "reuse_level"), "text"),
    key=("uri",),
    columns=("uri", "kind", "code", "isco", "skill_type", "reuse_level"),
)
LABELS = StagedTable(
    table="skills_label",
    incoming={
        "uri": "text",
        "language": "text",
        "text": "text",
        "alternatives": "text",
        "description": "text",
        "source": "text",
    },
    key=("concept_id", "language"),
    columns=("concept_id", "language", "text", "alternatives", "description", "source"),
    select="""
        SELECT concept.id AS concept_id, language, text, description, source,
            string_to_array(alternatives, chr(10)) AS alternatives
        FROM incoming JOIN skills_concept AS concept USING (uri)
    """,
)
OCCUPATION_SKILLS = StagedTable(
    table="skills_occupationskill",
    incoming=dict.fromkeys(("occupation_uri", "skill_uri", "relation"), "text"),
    key=("occupation_id", "skill_id"),
    columns=("occupation_id", "skill_id", "relation"),
    select="""
        SELECT occupation.id AS occupation_id, skill.id AS skill_id, relation FROM incoming
        JOIN skills_concept AS occupation ON occupation.uri = occupation_uri AND occupation.kind = 'occupation'
        JOIN skills_concept AS skill ON skill.uri = skill_uri AND skill.kind = 'skill'
    """,
)
BROADER = StagedTable(
    table="skills_broader",
    incoming={"uri": "text", "broader_uri": "text"},
    key=("concept_id", "broader_id"),
    columns=("concept_id", "broader_id"),
    select="""
        SELECT concept.id AS concept_id, broader.id AS broader_id FROM incoming
        JOIN skills_concept AS concept ON concept.uri = incoming.uri
        JOIN skills_concept AS broader ON broader.uri = broader_uri
    """,
)
FILES = (
    "occupations.parquet",
    "skills.parquet",
    "groups.parquet",
    "skill_groups.parquet",
    "occupation_skills.parquet",
    "broader_occupations.parquet",
    "broader_skills.parquet",
)


def reference_sets() -> tuple[ReferenceSet, ...]:
    """The one set of concepts."""
    return (ReferenceSet("esco", tuple(REFERENCE / "esco" / name for name in FILES), load_concepts),)


def load_concepts(today: date) -> Mapping[str, Changes]:
    """Concepts first, then what names them."""
    relations = _columns("occupation_skills", "occupation_uri", "skill_uri", "relation")
    broader = (_columns(f"broader_{kind}", "uri", "broader_uri") for kind in ("occupations", "skills"))
    return {
        "concepts": upsert(staged=CONCEPTS, rows=_concepts(), today=today),
        "labels": upsert(staged=LABELS, rows=_labels(), today=today),
        "occupation skills": upsert(staged=OCCUPATION_SKILLS, rows=relations, today=today),
        "broader": upsert(staged=BROADER, rows=chain.from_iterable(broader), today=today),
    }


def _columns(table: str, *names: str) -> Iterator[Row]:
    """Rows of the columns named; a list comes as one text with a line for each item, much faster to copy."""
    chosen = reference_table("esco", f"{table}.parquet").select(names)
    return zip(*(_plain(column).to_pylist() for column in chosen.columns), strict=True)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join(column, "\n") if pa.types.is_list(column.type) else column


def _concepts() -> Iterator[Row]:
    for uri, code, isco in _columns("occupations", "uri", "code", "isco"):
        yield uri, "occupation", code, isco, None, None
    for uri, skill_type, reuse_level in _columns("skills", "uri", "skill_type", "reuse_level"):
        yield uri, "skill", None, None, skill_type, reuse_level
    for table, kind in (("groups", "occupation_group"), ("skill_groups", "skill_group")):
        for uri, code in _columns(table, "uri", "code"):
            yield uri, kind, code or None, None, None, None


def _labels() -> Iterator[Row]:
    for language in ("nl", "en"):
        columns = ("uri", f"label_{language}", f"alt_{language}", f"description_{language}")
        for uri, text, alternatives, description in _columns("occupations", *columns):
            yield uri, language, text, alternatives, description, "esco"
        for table in ("groups", "skill_groups"):
            for uri, text in _columns(table, "uri", f"label_{language}"):
                yield uri, language, text, "", None, "esco"
    for uri, text, alternatives in _columns("skills", "uri", "label_en", "alt_en"):
        yield uri, "en", text, alternatives, None, "esco"
    for uri, text, alternatives, source in _columns("skills", "uri", "label_nl", "alt_nl", "label_nl_source"):
        if text:
            yield uri, "nl", text, alternatives, None, source
