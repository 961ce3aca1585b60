"""Finds the rows of ids that are read back, part by part."""

import numpy as np
import pyarrow as pa

from dichterbij.engine.arrays import I32


class RowsById:
    """The row of each id of a table; made once, asked for every part of a file."""

    def __init__(self, ids: pa.Array) -> None:
        self._rows = {identity: row for row, identity in enumerate(ids.to_pylist())}

    def of(self, ids: pa.ChunkedArray) -> I32:
        """The rows of these ids. KeyError with the first that has none."""
        encoded = ids.combine_chunks().cast(pa.string()).dictionary_encode(null_encoding="encode")
        rows = np.array([self._rows[identity] for identity in encoded.dictionary.to_pylist()], dtype=np.int32)
        found: I32 = rows[np.asarray(encoded.indices)]
        return found
