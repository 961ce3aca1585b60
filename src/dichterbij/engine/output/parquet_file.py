"""Writes Parquet: row groups that are made anywhere, in any thread, and put in a file one after the other.

pyarrow writes a file in one thread and looks every value up again; our values are numbers of words already. Only what
the output needs is here: texts, whole numbers, yes or no, and lists of texts, each as numbers of distinct values.
The format: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import I32, I64
from dichterbij.engine.output.parquet_pages import U8, levels, numbered, packed, texts
from dichterbij.shared.errors import InputError

MAGIC = b"PAR1"
LARGEST_PAGE = 2_000_000_000  # bytes; its size must fit in 31 bits, also should compressing make it larger
FEW = 1 << 12  # distinct values that are expected of whole numbers
_BOOLEAN, _INT32, _INT64, _BYTES = 0, 1, 2, 6
_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2
_UTF8, _LIST, _INT_8, _INT_16 = 0, 3, 15, 16
_PLAIN, _RLE, _DICTIONARY = 0, 3, 8
_ZSTD = 6
_DATA_PAGE, _DICTIONARY_PAGE = 0, 2


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    TEXTS = "texts"
    FLAG = "flag"
    INT64 = "int64"
    INT32 = "int32"
    INT16 = "int16"
    INT8 = "int8"


class Words(NamedTuple):
    """Distinct texts: their bytes end to end and where each begins."""

    offsets: I32
    data: U8

    @classmethod
    def of(cls, words: Any) -> "Words":
        """The same texts; a list of them or an Arrow array."""
        array = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
        _, offsets, data = array.buffers()
        first = array.offset
        starts = np.frombuffer(offsets, dtype=np.int32)[first : first + len(array) + 1] if offsets else _NO_OFFSETS
        return cls(starts, np.frombuffer(data, dtype=np.uint8) if data else np.zeros(0, dtype=np.uint8))

    def plain(self, chosen: I32) -> memoryview:
        """The chosen texts as a page holds them."""
        out = np.empty(int((self.offsets[chosen + 1] - self.offsets[chosen]).sum()) + 4 * len(chosen), dtype=np.uint8)
        texts(chosen, self.offsets, self.data, out)
        return out.data


_NO_OFFSETS: I32 = np.zeros(1, dtype=np.int32)


class Chunk(NamedTuple):
    """One column of one row group as it stands in the file, and what the end of the file says about it."""

    body: bytes
    data_at: int  # where its data page begins, from its own beginning
    values: int
    uncompressed: int


class Group(NamedTuple):
    """A row group."""

    rows: int
    chunks: tuple[Chunk, ...]


def text_chunk(codes: I32, words: Words, chosen: I32) -> Chunk:
    """Texts; `codes` are places in `chosen`, which are places in `words`."""
    return _chunk(words.plain(chosen), len(chosen), codes, _of_flat(len(codes)), len(codes))


def texts_chunk(counts: I32, codes: I32, words: Words, chosen: I32) -> Chunk:
    """Lists of texts, so many a row; `codes` as for texts."""
    most = len(codes) + int((counts == 0).sum())
    repetition, definition = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32)
    size = levels(counts, repetition, definition)
    before = _levels(repetition, size, 1) + _levels(definition, size, 2)
    return _chunk(words.plain(chosen), len(chosen), codes, before, size)


def number_chunk(values: npt.NDArray[Any], kind: Kind) -> Chunk:
    """Whole numbers."""
    codes, distinct = distinct_of(values)
    wide = np.int64 if kind is Kind.INT64 else np.int32
    return _chunk(distinct.astype(wide).tobytes(), len(distinct), codes, _of_flat(len(codes)), len(codes))


def flag_chunk(values: npt.NDArray[np.bool_]) -> Chunk:
    """Yes or no, a bit each."""
    body = _of_flat(len(values)) + np.packbits(values, bitorder="little").tobytes()
    return _joined(b"", 0, _page(_DATA_PAGE, body, len(values), _PLAIN), len(values))


def distinct_of(values: npt.NDArray[Any]) -> tuple[I32, I64]:
    """The number of each value among the distinct ones, and these."""
    size = FEW
    while True:
        codes, distinct = np.empty(len(values), dtype=np.int32), np.empty(size // 2, dtype=np.int64)
        count = numbered(values, np.empty(size, dtype=np.int64), codes, distinct)
        if count >= 0:
            return codes, distinct[:count]
        size *= 8


def _of_flat(rows: int) -> bytes:
    """The levels of a column in which nothing is null: one run of ones."""
    run = _varint(rows << 1) + b"\x01"
    return len(run).to_bytes(4, "little") + run


def _levels(numbers: I32, size: int, width: int) -> bytes:
    body = _packed(numbers, size, width)
    return len(body).to_bytes(4, "little") + body


def _packed(numbers: I32, size: int, width: int) -> bytes:
    out = np.empty(size * width // 8 + size // 2 + 64, dtype=np.uint8)
    return out[: packed(numbers, size, width, out, 0)].tobytes()


def _chunk(dictionary: Any, distinct: int, codes: I32, before: bytes, values: int) -> Chunk:
    if not distinct:  # no value at all: a dictionary would be empty, which not every reader expects
        return _joined(b"", 0, _page(_DATA_PAGE, before, values, _PLAIN), values)
    width = max(1, (distinct - 1).bit_length())
    data = _page(_DATA_PAGE, before + bytes([width]) + _packed(codes, len(codes), width), values, _DICTIONARY)
    return _joined(*_page(_DICTIONARY_PAGE, dictionary, distinct, _PLAIN), data, values)


def _joined(first: bytes, size: int, data: tuple[bytes, int], values: int) -> Chunk:
    return Chunk(first + data[0], len(first), values, size + data[1])


def _page(kind: int, body: Any, values: int, encoding: int) -> tuple[bytes, int]:
    """The page with its header, and how large it is uncompressed. InputError when the format has no number for that."""
    if len(body) > LARGEST_PAGE:
        raise InputError(
            f"The lists of a few people hold more text than a page of Parquet can ({len(body) / 1e9:.1f} GB). "
            f"Take a smaller --top, or write .jsonl."
        )
    small = pa.Codec("zstd", compression_level=1).compress(body, asbytes=True)
    own = {1: values, 2: encoding}
    about = {5: own | {3: _RLE, 4: _RLE}} if kind == _DATA_PAGE else {7: own}
    header = _struct({1: kind, 2: len(body), 3: len(small), **about})
    return header + small, len(header) + len(body)


@dataclass(frozen=True)
class Column:
    """A column of the file."""

    name: str
    kind: Kind

    @property
    def path(self) -> list[bytes]:
        """Where its values stand in the schema."""
        name = self.name.encode()
        return [name, b"list", b"element"] if self.kind is Kind.TEXTS else [name]

    @property
    def physical(self) -> int:
        """The type of its values."""
        if self.kind in (Kind.TEXT, Kind.TEXTS):
            return _BYTES
        return {Kind.FLAG: _BOOLEAN, Kind.INT64: _INT64}.get(self.kind, _INT32)

    def elements(self) -> list["Fields"]:
        """Its part of the schema."""
        name = self.name.encode()
        if self.kind is Kind.TEXTS:
            text: Fields = {1: _BYTES, 3: _OPTIONAL, 4: b"element", 6: _UTF8}
            return [{3: _OPTIONAL, 4: name, 5: 1, 6: _LIST}, {3: _REPEATED, 4: b"list", 5: 1}, text]
        own: Fields = {1: self.physical, 3: _OPTIONAL, 4: name}
        meant = {Kind.TEXT: _UTF8, Kind.INT16: _INT_16, Kind.INT8: _INT_8}.get(self.kind)
        return [own if meant is None else own | {6: meant}]


class ParquetFile:
    """A Parquet file that grows by row groups; `close` makes it whole."""

    def __init__(self, stream: BinaryIO, columns: Sequence[Column], about: Mapping[str, str]) -> None:
        self.stream, self.columns, self.about = stream, columns, about
        self.rows, self.at = 0, len(MAGIC)
        self.groups: list[Fields] = []
        stream.write(MAGIC)

    def write(self, group: Group) -> None:
        """Put a row group at the end."""
        columns: list[Any] = []
        for column, chunk in zip(self.columns, group.chunks, strict=True):
            self.stream.write(chunk.body)
            columns.append({2: Wide(self.at), 3: self._about(column, chunk)})
            self.at += len(chunk.body)
        whole = sum(chunk.uncompressed for chunk in group.chunks)
        self.groups.append({1: columns, 2: Wide(whole), 3: Wide(group.rows)})
        self.rows += group.rows

    def _about(self, column: Column, chunk: Chunk) -> "Fields":
        fields: Fields = {
            1: column.physical,
            2: [_PLAIN, _RLE, _DICTIONARY],
            3: column.path,
            4: _ZSTD,
            5: Wide(chunk.values),
            6: Wide(chunk.uncompressed),
            7: Wide(len(chunk.body)),
            9: Wide(self.at + chunk.data_at),
        }
        return fields | {11: Wide(self.at)} if chunk.data_at else fields

    def close(self) -> None:
        """Write the end, without which it is no file."""
        schema: list[Any] = [{4: b"schema", 5: len(self.columns)}]
        schema += [element for column in self.columns for element in column.elements()]
        about: list[Any] = [{1: name.encode(), 2: text.encode()} for name, text in self.about.items()]
        end: Fields = {1: 1, 2: schema, 3: Wide(self.rows), 4: self.groups}
        foot = _struct(end | ({5: about} if about else {}) | {6: b"dichterbij"})
        self.stream.write(foot + len(foot).to_bytes(4, "little") + MAGIC)


# Thrift's compact protocol, as far as the above needs it: structs by field number, 32- and 64-bit whole numbers,
# bytes, and lists of one of these.
class Wide(int):
    """A whole number that stands in a 64-bit field."""


Fields = dict[int, Any]


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _kind(value: Any) -> int:
    """The protocol's number of this type."""
    return next(number for kind, number in _KINDS if isinstance(value, kind))


_KINDS = ((Wide, 6), (int, 5), (bytes, 8), (list, 9), (dict, 12))


def _value(value: Any) -> bytes:
    if isinstance(value, int):
        return _varint(value << 1)  # zigzag; nothing here is below zero
    if isinstance(value, bytes):
        return _varint(len(value)) + value
    if isinstance(value, dict):
        return _struct(value)
    size, kind = len(value), _kind(value[0]) if value else 12
    head = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + _varint(size)
    return head + b"".join(_value(item) for item in value)


def _struct(fields: Fields) -> bytes:
    out, before = bytearray(), 0
    for number in sorted(fields):
        out.append((number - before) << 4 | _kind(fields[number]))
        out += _value(fields[number])
        before = number
    return bytes(out) + b"\x00"
