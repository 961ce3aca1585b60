"""Builds the ESCO set."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.data import read_table
from dichterbij.data.build_files import Row, clean, read_rows, write_parquet


def concept_rows(path: Path) -> dict[str, Row]:
    """The rows of an ESCO table by concept URI."""
    return {row["conceptUri"]: row for row in pq.read_table(path).to_pylist()}


def labels(text: str | None, separator: str, preferred: str) -> list[str]:
    """Alternative labels in their order, each once, without the preferred one."""
    found = (clean(part) for part in (text or "").split(separator))
    return list(dict.fromkeys(label for label in found if label and label != preferred))


def build_occupations(source: Path, target: Path) -> None:
    """Occupations of ESCO 1.1.1, with the Dutch description of 1.2 where that has the same concept."""
    english = concept_rows(source / "occupations_en_v1.1.1.parquet")
    dutch = concept_rows(source / "occupations_nl_v1.1.parquet")
    newer = concept_rows(source / "occupations_nl_v1.2.parquet")
    rows = []
    for uri in sorted(english):
        label_nl, label_en = clean(dutch[uri]["preferredLabel"]), clean(english[uri]["preferredLabel"])
        rows.append(
            {
                "uri": uri,
                "isco": english[uri]["iscoGroup"],
                "code": english[uri]["code"],
                "label_nl": label_nl,
                "label_en": label_en,
                "alt_nl": labels(dutch[uri]["altLabels"], "\n", label_nl),
                "alt_en": labels(english[uri]["altLabels"], "\n", label_en),
                "description_nl": clean(newer.get(uri, {}).get("description")) or None,
                "description_en": clean(english[uri]["description"]) or None,
            }
        )
    text = {name: pa.string() for name in rows[0]}
    schema = pa.schema({**text, "alt_nl": pa.list_(pa.string()), "alt_en": pa.list_(pa.string())})
    write_parquet(target / "occupations.parquet", pa.Table.from_pylist(rows, schema))


SKILLS = pa.schema(
    {
        "uri": pa.string(),
        "label_en": pa.string(),
        "label_nl": pa.string(),
        "label_nl_source": pa.string(),
        "skill_type": pa.string(),
        "reuse_level": pa.string(),
        "alt_nl": pa.list_(pa.string()),
        "alt_en": pa.list_(pa.string()),
    }
)


def build_skills(source: Path, target: Path) -> None:
    """Skills of ESCO 1.1.1 with ESCO's own Dutch label where we have it; null where we do not."""
    partial = read_rows(source / "skills_nl_labels_partial.csv")
    dutch = {row["skillUri"]: row for row in partial if row["in_v1.1.1"] == "True"}
    rows = []
    for uri, row in sorted(concept_rows(source / "skills_en_v1.1.1.parquet").items()):
        found = dutch.get(uri, {})
        label_nl, label_en = clean(found.get("label_nl")), clean(row["preferredLabel"])
        rows.append(
            {
                "uri": uri,
                "label_en": label_en,
                "label_nl": label_nl or None,
                "label_nl_source": "esco" if label_nl else None,
                "skill_type": row["skillType"] or None,
                "reuse_level": row["reuseLevel"] or None,
                "alt_nl": labels(found.get("alt_nl"), " | ", label_nl),
                "alt_en": labels(row["altLabels"], "\n", label_en),
            }
        )
    write_parquet(target / "skills.parquet", pa.Table.from_pylist(rows, SKILLS))


def build_relations(source: Path, target: Path) -> None:
    """Occupation-skill relations, groups of occupations and skills, and who is broader than whom."""
    table = pq.read_table(source / "occupation_skill_relations_v1.1.1.parquet")
    table = table.select(["occupationUri", "skillUri", "relationType"])
    table = table.rename_columns(["occupation_uri", "skill_uri", "relation"])
    write_pairs(target / "occupation_skills.parquet", table)
    for old, new in (("broader_occ", "broader_occupations"), ("broader_skill", "broader_skills")):
        pairs = pq.read_table(source / f"{old}_v1.1.1.parquet").select(["conceptUri", "broaderUri"])
        write_pairs(target / f"{new}.parquet", pairs.rename_columns(["uri", "broader_uri"]))


def write_pairs(path: Path, table: pa.Table) -> None:
    """A table of URIs, sorted and dictionary-encoded."""
    encoded = pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in table.column_names])
    write_parquet(path, table.sort_by([(name, "ascending") for name in table.column_names]).cast(encoded))


def build_groups(source: Path, target: Path) -> None:
    """ISCO groups and skill groups with both labels; codes of skill groups are those of ESCO 1.2."""
    for old, new in (("ISCOGroups", "groups"), ("skillGroups", "skill_groups")):
        english = concept_rows(source / f"{old}_en_v1.1.1.parquet")
        dutch = concept_rows(source / f"{old}_nl_v1.2.parquet")
        rows = [
            {
                "code": english[uri]["code"] or dutch[uri]["code"],
                "label_nl": clean(dutch[uri]["preferredLabel"]),
                "label_en": clean(english[uri]["preferredLabel"]),
                "uri": uri,
            }
            for uri in sorted(english)
        ]
        write_parquet(target / f"{new}.parquet", pa.Table.from_pylist(rows))


def build_esco(source: Path, target: Path) -> None:
    """All tables of the ESCO set, our own translations included."""
    build_occupations(source, target)
    build_skills(source, target)
    build_relations(source, target)
    build_groups(source, target)
    join_translations(target)


def join_translations(esco: Path) -> None:
    """Our own Dutch labels into `esco`/skills.parquet, marked `ours`; a label of ESCO's always stays."""
    path = esco.parent / "esco_translations" / "skills_nl.csv"
    ours = {row["uri"]: clean(row["label_nl"]) for row in read_rows(path)} if path.exists() else {}
    rows = read_table(esco / "skills.parquet").to_pylist()
    for row in rows:
        if row["label_nl_source"] != "esco":
            row["label_nl"] = ours.get(row["uri"]) or None
            row["label_nl_source"] = "ours" if row["label_nl"] else None
    write_parquet(esco / "skills.parquet", pa.Table.from_pylist(rows, SKILLS))
