"""Rows of ids that are read back."""

import pyarrow as pa
import pytest

from dichterbij.engine.output.ids import RowsById


def test_ids_have_the_rows_of_the_table_in_every_part() -> None:
    rows = RowsById(pa.array(["b", "a", "c"]))
    assert rows.of(pa.chunked_array([["a", "a"], [], ["c", "b"]], pa.string())).tolist() == [1, 1, 2, 0]
    assert rows.of(pa.chunked_array([], pa.string())).tolist() == []
    assert rows.of(pa.chunked_array([pa.array(["c", "a"]).dictionary_encode()])).tolist() == [2, 1]


@pytest.mark.parametrize("strange", ["d", None])
def test_an_id_that_is_not_there_is_named(strange: str | None) -> None:
    with pytest.raises(KeyError) as error:
        RowsById(pa.array(["a"])).of(pa.chunked_array([["a", strange]], pa.string()))
    assert error.value.args == (strange,)
