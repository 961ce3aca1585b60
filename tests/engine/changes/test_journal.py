"""Stored lists in a folder: what was confirmed is there after a crash, and nothing else is taken for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dichterbij.engine.changes import StoredLists
from dichterbij.engine.changes.journal import CHANGES
from dichterbij.shared.errors import InputError
from engine.changes.test_stored_lists import Street
from engine.rows import TODAY


def opened(street: Street, folder: Path) -> StoredLists:
    """The lists of the folder, by another process."""
    return StoredLists.load(folder, street.people, street.lists.live.index, TODAY)


def street_in(folder: Path, changes: int) -> Street:
    """A world whose lists are kept in the folder, after so many changes, and let go."""
    street = Street(11, 30, 40, top=5, spare=2)
    street.lists.save(folder)
    for _ in range(changes):
        street.step()
    street.lists.close_folder()
    return street


@pytest.mark.long
def test_every_confirmed_change_is_there_again(tmp_path: Path) -> None:
    street = street_in(tmp_path, 60)
    again = opened(street, tmp_path)
    expected, street.lists = street.stored(), again
    assert street.stored() == expected == street.full_run()


@pytest.mark.long
def test_lists_saved_in_between_go_on_from_there(tmp_path: Path) -> None:
    street = street_in(tmp_path, 40)
    street.lists = opened(street, tmp_path)
    street.lists.save(tmp_path)
    for _ in range(40):
        street.step()
    street.lists.close_folder()
    street.lists = opened(street, tmp_path)
    assert street.stored() == street.full_run()
    assert len(list(tmp_path.glob("*.npy"))) == 2


TORN = {
    "cut short": b'0123 {"do": "close", "id":',
    "its beginning never on disk": b"\0" * 60 + b'"id": "o3"}\n',
    "nothing of it on disk": b"\0" * 10,
    "a line without a change": b"\n",
}


@pytest.mark.parametrize("torn", TORN.values(), ids=TORN)
def test_a_last_line_that_is_not_whole_was_never_confirmed(tmp_path: Path, torn: bytes) -> None:
    street = street_in(tmp_path, 30)
    with (tmp_path / CHANGES).open("ab") as stream:
        stream.write(torn)
    expected, street.lists = street.stored(), opened(street, tmp_path)
    assert street.stored() == expected
    street.step()
    street.lists.close_folder()
    expected, street.lists = street.stored(), opened(street, tmp_path)
    assert street.stored() == expected == street.full_run()


def altered(path: Path) -> None:
    """One letter in the middle is another."""
    text = bytearray(path.read_bytes())
    text[len(text) // 2] ^= 1
    path.write_bytes(text)


def without_a_line(path: Path) -> None:
    """A line in the middle is gone."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:10], *lines[11:]]))


@pytest.mark.parametrize(
    ("pattern", "damage", "told"),
    [
        (CHANGES, altered, "is not what was written there"),
        (CHANGES, without_a_line, "Line 11"),
        ("lists-*.npy", altered, "is not what was written there"),
        ("limits-*.npy", Path.unlink, "cannot be read"),
        ("state.json", Path.unlink, "no stored lists"),
    ],
)
def test_a_damaged_folder_is_refused(tmp_path: Path, pattern: str, damage: Callable[[Path], None], told: str) -> None:
    street = street_in(tmp_path, 20)
    (path,) = tmp_path.glob(pattern)
    damage(path)
    with pytest.raises(InputError, match=told):
        opened(street, tmp_path)


def test_lists_of_other_people_or_another_date_are_refused(tmp_path: Path) -> None:
    street, other = street_in(tmp_path, 1), Street(12, 30, 40, top=5, spare=2)
    with pytest.raises(InputError, match="other people, openings, rules or another date"):
        opened(other, tmp_path)
    with pytest.raises(InputError, match="other people, openings, rules or another date"):
        StoredLists.load(tmp_path, street.people, street.lists.live.index, TODAY.replace(day=2))


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    street = Street(11, 30, 40, top=5, spare=2)
    street.lists.save(tmp_path)
    with pytest.raises(InputError, match="in use"):
        opened(street, tmp_path)
    street.lists.close_folder()
    opened(street, tmp_path).close_folder()


def test_lists_that_changed_before_there_was_a_folder_are_not_taken_for_new_ones(tmp_path: Path) -> None:
    street = Street(11, 30, 40, top=5, spare=2)
    street.step()
    with pytest.raises(InputError, match="some were made before"):
        street.lists.save(tmp_path)
