"""Parquet by row group: lists of texts come as places in the dictionaries that the file holds anyway."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as pt

from dichterbij.engine.columns import Kind, Table

# Without these two, reading 1.2 million people spent two thirds of its time on making and unmaking the same texts.
SMALL_GROUP = 5_000  # rows; smaller row groups are read on end, which lists with dictionaries cannot be
BYTES_PER_TEXT = 8  # a column that takes more is no dictionary with places in it
WITH_DICTIONARY = frozenset({"PLAIN", "RLE", "BIT_PACKED", "PLAIN_DICTIONARY", "RLE_DICTIONARY"})


def batches(
    stream: BinaryIO, metadata: pq.FileMetaData, table: Table, wanted: Sequence[str], rows: int
) -> Iterator[pa.RecordBatch]:
    """Rows of these columns, at most so many at a time."""
    lists = [column.name for column in table.columns if column.kind in (Kind.LIST, Kind.TASKS)]
    dictionaries = _dictionaries(metadata, lists)
    with pq.ParquetFile(
        stream, metadata=metadata, read_dictionary=dictionaries, page_checksum_verification=True
    ) as file:
        if dictionaries or any(_nests_dictionary(file.schema_arrow.field(name).type) for name in wanted):
            for group in range(metadata.num_row_groups):
                yield from file.iter_batches(rows, row_groups=[group], columns=wanted)
        else:
            yield from file.iter_batches(rows, columns=wanted)


def _dictionaries(metadata: pq.FileMetaData, lists: Sequence[str]) -> list[str]:
    """Paths of texts in these columns that can be read as dictionaries."""
    if metadata.num_rows < SMALL_GROUP * metadata.num_row_groups:
        return []
    schema = metadata.schema
    return [
        schema.column(at).path
        for at in range(len(schema))
        if schema.column(at).path.split(".")[0] in lists and _is_dictionary(metadata, at)
    ]


def _is_dictionary(metadata: pq.FileMetaData, at: int) -> bool:
    """Texts whose places in a dictionary are written, in every row group."""
    column = metadata.schema.column(at)
    if column.physical_type != "BYTE_ARRAY" or column.logical_type.type != "STRING":
        return False
    groups = (metadata.row_group(group).column(at) for group in range(metadata.num_row_groups))
    return all(
        group.has_dictionary_page
        and WITH_DICTIONARY.issuperset(group.encodings)
        and group.total_uncompressed_size <= BYTES_PER_TEXT * group.num_values + 4096
        for group in groups
    )


def _nests_dictionary(type_: pa.DataType) -> bool:
    """Dictionary-encoded texts stand in a list or struct."""
    inner = [type_.field(at).type for at in range(type_.num_fields)]
    return any(pt.is_dictionary(item) or _nests_dictionary(item) for item in inner)
