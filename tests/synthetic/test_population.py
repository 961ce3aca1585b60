"""The people whom openings are counted against: the same every time, kept for the next process."""

from datetime import date
from pathlib import Path

from dichterbij.synthetic.population import kept_people_table, people_table

ON, LATER = date(2026, 11, 22), date(2026, 11, 30)


def test_the_same_month_gives_the_same_people_and_all_are_invented() -> None:
    table = people_table(on=ON, rows=500)
    assert table.equals(people_table(on=LATER, rows=500))
    assert not table.equals(people_table(on=date(2026, 12, 1), rows=500))
    assert all(table["invented"].to_pylist())


def test_what_was_kept_is_what_was_made_and_a_broken_file_is_made_again(tmp_path: Path) -> None:
    made = kept_people_table(tmp_path, on=ON, rows=500).to_pylist()
    (kept,) = tmp_path.iterdir()
    assert kept_people_table(tmp_path, on=ON, rows=500).to_pylist() == made
    kept.write_bytes(b"not a table")
    assert kept_people_table(tmp_path, on=ON, rows=500).to_pylist() == made


def test_another_month_takes_the_place_of_the_last(tmp_path: Path) -> None:
    kept_people_table(tmp_path, on=ON, rows=100)
    kept_people_table(tmp_path, on=date(2026, 12, 5), rows=100)
    assert len(list(tmp_path.iterdir())) == 1
