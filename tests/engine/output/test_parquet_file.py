"""Parquet written by hand is read back as the same values by a reader that knows nothing of us."""

import io
import random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.engine.output import parquet_file
from dichterbij.engine.output.parquet_file import (
    Column,
    Group,
    Kind,
    ParquetFile,
    Words,
    flag_chunk,
    number_chunk,
    text_chunk,
    texts_chunk,
)
from dichterbij.shared.errors import InputError

COLUMNS = [
    Column("who", Kind.TEXT),
    Column("what", Kind.TEXTS),
    Column("wide", Kind.INT64),
    Column("small", Kind.INT8),
    Column("middle", Kind.INT16),
    Column("plain", Kind.INT32),
    Column("is", Kind.FLAG),
]
SCHEMA = pa.schema(
    {
        "who": pa.string(), "what": pa.list_(pa.string()), "wide": pa.int64(), "small": pa.int8(),
        "middle": pa.int16(), "plain": pa.int32(), "is": pa.bool_(),
    }
)  # fmt: skip
Rows = list[dict[str, object]]
TEXTS = st.text(max_size=5)
ROW = st.fixed_dictionaries(
    {
        "who": TEXTS,
        "what": st.lists(TEXTS, max_size=4),
        "wide": st.integers(-(1 << 63), (1 << 63) - 1),
        "small": st.integers(-128, 127),
        "middle": st.integers(-(1 << 15), (1 << 15) - 1),
        "plain": st.integers(-(1 << 31), (1 << 31) - 1),
        "is": st.booleans(),
    }
)


def numbered(texts: list[str]) -> tuple[np.ndarray, Words, np.ndarray]:
    """Each text as a number, and the distinct ones."""
    words = sorted(set(texts))
    codes = np.array([words.index(text) for text in texts], dtype=np.int32)
    return codes, Words.of(words), np.arange(len(words), dtype=np.int32)


def group(rows: Rows) -> Group:
    """These rows as a row group."""
    lists = [row["what"] for row in rows]
    counts = np.array([len(texts) for texts in lists], dtype=np.int32)  # type: ignore[arg-type]
    numbers = {name: np.array([row[name] for row in rows], dtype=np.int64) for name in ("wide", "small", "middle")}
    chunks = [
        text_chunk(*numbered([str(row["who"]) for row in rows])),
        texts_chunk(counts, *numbered([text for texts in lists for text in texts])),  # type: ignore[attr-defined]
        number_chunk(numbers["wide"], Kind.INT64),
        number_chunk(numbers["small"], Kind.INT8),
        number_chunk(numbers["middle"], Kind.INT16),
        number_chunk(np.array([row["plain"] for row in rows], dtype=np.int32), Kind.INT32),
        flag_chunk(np.array([row["is"] for row in rows], dtype=bool)),
    ]
    return Group(len(rows), tuple(chunks))


def written(groups: list[Rows], **about: str) -> pa.Table:
    """What pyarrow reads of a file with these row groups."""
    stream = io.BytesIO()
    file = ParquetFile(stream, COLUMNS, about)
    for rows in groups:
        file.write(group(rows))
    file.close()
    table = pq.read_table(io.BytesIO(stream.getvalue()))
    table.validate(full=True)
    return table


@given(st.lists(st.lists(ROW, min_size=1, max_size=40), max_size=3))
@settings(max_examples=40, deadline=None)
def test_rows_come_back_as_they_were(groups: list[Rows]) -> None:
    assert written(groups).equals(pa.Table.from_pylist([row for rows in groups for row in rows], SCHEMA))


@pytest.mark.parametrize("distinct", [1, 2, 3, 70, 5_000])
def test_runs_and_changes_of_every_length_come_back(distinct: int) -> None:
    pick = random.Random(distinct)
    rows: Rows = []
    while len(rows) < 12_000:
        number = pick.randrange(distinct)
        texts = [f"w{pick.randrange(distinct)}"] * pick.choice([0, 0, 1, 9, 17])
        row = {"who": f"é{number}", "what": texts, "wide": number << 40, "small": number % 7, "middle": number,
               "plain": -number, "is": number % 2 == 0}  # fmt: skip
        rows += [row] * pick.choice([1, 1, 2, 7, 8, 9, 15, 16, 17, 300])
    assert written([rows, rows[:9]]).equals(pa.Table.from_pylist([*rows, *rows[:9]], SCHEMA))


def test_a_file_without_rows_has_its_columns_and_what_is_said_about_it() -> None:
    table = written([], own="één")
    assert table.schema.equals(SCHEMA)
    assert table.schema.metadata == {b"own": "één".encode()}
    assert len(table) == 0


def test_a_page_that_the_format_cannot_count_is_refused_and_not_written_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "LARGEST_PAGE", 1_000)
    with pytest.raises(InputError, match=r"smaller --top, or write .jsonl"):
        text_chunk(*numbered([f"{number:04}" for number in range(500)]))
