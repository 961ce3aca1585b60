"""Sparse text vectors made with numpy alone: building 55,000 labels takes a second, so no index is kept on disk."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

BUCKETS = 1 << 20
SIZES = (3, 4, 5)
_MULTIPLIER, _MIX = np.uint64(1_000_003), np.uint64(0xBF58476D1CE4E5B9)
_SPACE, _LINE = 32, 10
_UNUSED_BITS = np.uint64(64 - 20)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def char_grams(texts: Sequence[str], sizes: Sequence[int] = SIZES) -> sparse.csr_matrix:
    """Binary matrix texts x hashed n-grams within words (a word has a space on both sides). Texts are folded ASCII."""
    joined = "".join(f" {text} \n" for text in texts)
    codes = np.frombuffer(joined.encode("ascii", "replace"), dtype=np.uint8).astype(np.uint64)
    owner = (
        np.concatenate(([0], np.cumsum(codes == _LINE)[:-1])).astype(np.int64) if len(codes) else np.zeros(0, np.int64)
    )
    parts = [_windows(codes, owner, size) for size in sizes]
    rows, columns = (np.concatenate(part) for part in zip(*parts, strict=True))
    matrix = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(texts), BUCKETS))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _windows(codes: npt.NDArray[np.uint64], owner: Ints, size: int) -> tuple[Ints, Ints]:
    """(text, bucket) of every window of `size` characters that stays within one word."""
    count = max(len(codes) - size + 1, 0)
    broken = np.zeros(count, dtype=bool)
    value = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        part = codes[offset : offset + count]
        broken |= part == _LINE
        if 0 < offset < size - 1:
            broken |= part == _SPACE
        value = value * _MULTIPLIER + part
    value ^= value >> np.uint64(29)
    value *= _MIX
    return owner[:count][~broken], (value[~broken] >> _UNUSED_BITS).astype(np.int64)


def rarity(matrix: sparse.csr_matrix, owners: Ints) -> Floats:
    """What each n-gram is worth: the fewer concepts it is found in, the more (labels of a concept count once)."""
    count = int(owners.max()) + 1
    pick = sparse.csr_matrix(
        (np.ones(len(owners), dtype=np.float32), (owners, np.arange(len(owners)))), shape=(count, len(owners))
    )
    seen = np.bincount((pick @ matrix).indices, minlength=matrix.shape[1])
    return (np.log((1 + count) / (1 + seen)) + 1).astype(np.float32)


def weigh(matrix: sparse.csr_matrix, worth: Floats) -> sparse.csr_matrix:
    """The rows with each n-gram's worth, scaled to length 1; an empty row stays empty."""
    out = matrix.copy()
    out.data = worth[out.indices]
    squares = np.concatenate(([0.0], np.cumsum(out.data.astype(np.float64) ** 2)))
    lengths = np.sqrt(np.maximum(squares[out.indptr[1:]] - squares[out.indptr[:-1]], 1e-12))
    out.data = (out.data / np.repeat(lengths, np.diff(out.indptr))).astype(np.float32)
    return out
