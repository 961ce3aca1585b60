"""The insides of Parquet pages: distinct values, levels of lists, and numbers packed in few bits. Compiled.

The format: https://parquet.apache.org/docs/file-format/data-pages/encodings/
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import I32, I64
from dichterbij.engine.compiled import compiled

U8 = npt.NDArray[np.uint8]

SHORTEST_RUN = 8  # equal numbers from which on they are written once
EMPTY_LIST, IN_LIST = 1, 3  # definition levels of a list that may be null, of texts that may be null
_MIX = 0x9E3779B97F4A7C15  # spreads numbers over a table: 2 ** 64 / golden ratio


@compiled
def packed(numbers: I32, size: int, width: int, out: U8, at: int) -> int:
    """Write numbers[:size], each below 2 ** width, from out[at] on as runs and packed groups of 8; the new end."""
    first = 0  # of the group that is not written yet
    place = 0
    while place < size:
        end = place + 1
        while end < size and numbers[end] == numbers[place]:
            end += 1
        # A packed stretch holds a multiple of 8 numbers: the run gives what its last group lacks.
        lacking = (first - place) % 8
        if end - place - lacking >= SHORTEST_RUN:
            place += lacking
            at = _in_groups(numbers, first, place, width, out, at)
            at = _run(numbers[place], end - place, width, out, at)
            first = end
        place = end
    return _in_groups(numbers, first, size, width, out, at)


@compiled
def _varint(value: int, out: U8, at: int) -> int:
    """Write a number in as few bytes as it needs; the new end."""
    while value >= 128:
        out[at] = value & 127 | 128
        value >>= 7
        at += 1
    out[at] = value
    return at + 1


@compiled
def _run(number: int, count: int, width: int, out: U8, at: int) -> int:
    """Write a number that stands there so many times; the new end."""
    at = _varint(count << 1, out, at)
    for _ in range((width + 7) // 8):
        out[at] = number & 255
        number >>= 8
        at += 1
    return at


@compiled
def _in_groups(numbers: I32, first: int, last: int, width: int, out: U8, at: int) -> int:
    """Write numbers[first:last] packed, the last group filled up with zeros; the new end."""
    if first == last:
        return at
    groups = (last - first + 7) // 8
    at = _varint(groups << 1 | 1, out, at)
    end = at + groups * width
    waiting, bits = np.uint64(0), np.uint64(0)
    for place in range(first, last):
        waiting |= np.uint64(numbers[place]) << bits
        bits += np.uint64(width)
        while bits >= np.uint64(8):
            out[at] = np.uint8(waiting & np.uint64(255))
            waiting >>= np.uint64(8)
            bits -= np.uint64(8)
            at += 1
    if bits > np.uint64(0):
        out[at] = np.uint8(waiting & np.uint64(255))
        at += 1
    while at < end:
        out[at] = 0
        at += 1
    return end


@compiled
def numbered(values: Any, table: I64, codes: I32, distinct: I64) -> int:
    """Give every value a number by its first place: `codes` per value, `distinct` per number; how many there are.

    `table` is work space, a power of two; -1 when more than half of it would be taken.
    """
    table[:] = -1
    mask = np.uint64(len(table) - 1)
    count = 0
    last, code = np.int64(0), np.int32(-1)
    for row in range(len(values)):
        value = np.int64(values[row])
        if value != last or code < 0:
            at = (np.uint64(value) * np.uint64(_MIX)) >> np.uint64(20) & mask
            while table[at] >= 0 and distinct[table[at]] != value:
                at = (at + np.uint64(1)) & mask
            if table[at] < 0:
                if 2 * count >= len(table):
                    return -1
                table[at] = count
                distinct[count] = value
                count += 1
            last, code = value, np.int32(table[at])
        codes[row] = code
    return count


@compiled
def renumbered(values: I32, number: I32, distinct: I32) -> int:
    """Number the values in place by their order as numbers; `number` is work space of zeros, as long as the highest.

    `distinct` gets the value of each new number; how many there are. The work space is left as zeros.
    """
    for value in values:
        number[value] = 1
    count = 0
    for value in range(len(number)):
        if number[value]:
            distinct[count] = value
            count += 1
            number[value] = count
    for at in range(len(values)):
        values[at] = number[values[at]] - 1
    for at in range(count):
        number[distinct[at]] = 0
    return count


@compiled
def levels(counts: I32, repetition: I32, definition: I32) -> int:
    """The levels of lists with so many texts each; how many levels there are."""
    at = 0
    for count in counts:
        repetition[at] = 0
        definition[at] = IN_LIST if count else EMPTY_LIST
        for place in range(at + 1, at + count):
            repetition[place] = 1
            definition[place] = IN_LIST
        at += max(count, 1)
    return at


@compiled
def gathered(start: I64, counts: I32, values: I32, out: I32) -> int:
    """The lists that begin at `start`, end to end in the order of the rows; where they end."""
    at = 0
    for row in range(len(counts)):
        for place in range(start[row], start[row] + counts[row]):
            out[at] = values[place]
            at += 1
    return at


@compiled
def bits_of(sets: I64, out: I32, counts: I32) -> int:
    """The places of the set bits of each row, lowest first, over all columns of 63 bits; how many there are.

    `sets` is [column, row].
    """
    at = 0
    for row in range(sets.shape[1]):
        before = at
        for column in range(sets.shape[0]):
            rest, bit = sets[column, row], 63 * column
            while rest:
                if rest & 1:
                    out[at] = bit
                    at += 1
                rest >>= 1
                bit += 1
        counts[row] = at - before
    return at


@compiled
def texts(chosen: I32, offsets: I32, data: U8, out: U8) -> int:
    """Write the chosen texts, each after its length in 4 bytes; where they end."""
    at = 0
    for row in chosen:
        size = offsets[row + 1] - offsets[row]
        for byte in range(4):
            out[at] = size >> (8 * byte) & 255
            at += 1
        for place in range(offsets[row], offsets[row + 1]):
            out[at] = data[place]
            at += 1
    return at
