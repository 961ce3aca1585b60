"""Row groups with numbered words are read back as plain texts by a reader that knows nothing of us."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.engine.output.columns import TEXT
from dichterbij.engine.output.writing import output

COLUMNS = pa.schema({"who": TEXT, "what": pa.list_(TEXT), "wide": pa.int64(), "small": pa.int8(), "is": pa.bool_()})
READ = pa.schema(
    {
        "who": pa.string(),
        "what": pa.list_(pa.string()),
        **{name: COLUMNS.field(name).type for name in COLUMNS.names[2:]},
    }
)
Rows = list[dict[str, object]]
TEXTS = st.text(max_size=5)
ROW = st.fixed_dictionaries(
    {
        "who": TEXTS,
        "what": st.lists(TEXTS, max_size=4),
        "wide": st.integers(-(1 << 63), (1 << 63) - 1),
        "small": st.integers(-128, 127),
        "is": st.booleans(),
    }
)


def written(path: Path, groups: list[Rows], **about: str) -> pa.Table:
    """What pyarrow reads of a file with these row groups, each with its own words."""
    with output(path) as files:
        files.write_groups((pa.RecordBatch.from_pylist(rows, COLUMNS) for rows in groups), COLUMNS, about)
    table = pq.read_table(path, page_checksum_verification=True)
    table.validate(full=True)
    return table


@given(groups=st.lists(st.lists(ROW, max_size=40), max_size=3))
@settings(max_examples=40, deadline=None)
def test_rows_come_back_as_they_were_whatever_words_each_group_has(
    groups: list[Rows], tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = written(tmp_path_factory.mktemp("file") / "m.parquet", groups)
    assert table.equals(pa.Table.from_pylist([row for rows in groups for row in rows], READ))
    assert table.schema.equals(READ)


def test_words_that_fill_more_than_a_page_come_back(tmp_path: Path) -> None:
    words = [f"{number:06}" * 500 for number in range(900)]
    groups: list[Rows] = [
        [{"who": word, "what": words[at % 7 : at % 11], "wide": at, "small": 1, "is": True} for at, word in part]
        for part in (list(enumerate(words)), list(enumerate(words[50:])))
    ]
    assert len(pa.array(words[50:]).buffers()[2]) > 2 << 20
    table = written(tmp_path / "m.parquet", groups)
    assert table.equals(pa.Table.from_pylist([row for rows in groups for row in rows], READ))


def test_texts_are_numbered_in_the_file_and_nothing_else_is_stored_with_them(tmp_path: Path) -> None:
    rows: Rows = [
        {"who": f"w{at % 7}", "what": ["a"] * (at % 3), "wide": at, "small": 1, "is": True} for at in range(30_000)
    ]
    table = written(tmp_path / "m.parquet", [rows])
    assert table.equals(pa.Table.from_pylist(rows, READ))
    metadata = pq.read_metadata(tmp_path / "m.parquet")
    assert not metadata.metadata
    for column in (metadata.row_group(0).column(at) for at in range(2)):
        assert column.has_dictionary_page
        assert column.total_compressed_size < 5_000
        assert not column.is_stats_set


def test_a_file_without_rows_has_its_columns_and_what_is_said_about_it(tmp_path: Path) -> None:
    for groups in ([], [[]]):
        table = written(tmp_path / "m.parquet", groups, own="één")
        assert table.schema.equals(READ)
        assert table.schema.metadata == {b"own": "één".encode()}
        assert len(table) == 0


def test_a_folder_that_looks_like_an_address_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("https:").mkdir()
    with output(Path("https:/m.parquet")) as files:
        files.write_groups([], COLUMNS, {})
    assert pq.ParquetFile(tmp_path / "https:" / "m.parquet").metadata.num_rows == 0


def test_damage_is_seen_by_a_reader_that_looks(tmp_path: Path) -> None:
    rows: Rows = [
        {"who": f"w{at}", "what": [f"{at % 3}"], "wide": at, "small": 1, "is": at % 3 == 0} for at in range(500)
    ]
    written(tmp_path / "m.parquet", [rows])
    whole = (tmp_path / "m.parquet").read_bytes()
    metadata = pq.read_metadata(tmp_path / "m.parquet")
    for number in range(len(COLUMNS)):
        column = metadata.row_group(0).column(number)
        damaged = bytearray(whole)
        first = column.dictionary_page_offset or column.data_page_offset
        damaged[first + column.total_compressed_size - 1] ^= 1
        (tmp_path / "d.parquet").write_bytes(damaged)
        with pytest.raises(OSError, match="CRC"):
            pq.read_table(tmp_path / "d.parquet", page_checksum_verification=True)
