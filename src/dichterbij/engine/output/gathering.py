"""Gathers the numbers of words that a block needs: those that occur numbered anew, lists end to end, bits. Compiled."""

from dichterbij.engine.arrays import I32, I64
from dichterbij.engine.compiled import compiled


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
