"""Loading the desks files is repeatable, tells what changed, and never deletes."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from dichterbij.domains.journal.actions import Changes
from dichterbij.domains.regions.actions import reference_sets
from dichterbij.domains.regions.actions.desks import load_desks
from dichterbij.domains.regions.models import Region
from dichterbij.domains.regions.queries.desks import all_desks, desks_for
from dichterbij.domains.regions.rules.desk_files import DESKS, read_desks
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.shared.errors import UnavailableError

TODAY = date(2026, 11, 22)


@pytest.fixture
def regions(db: None) -> None:
    codes = sorted({desk.region_code for desk in read_desks() if desk.region_code})
    Region.objects.bulk_create(
        [Region(code=code, name=f"Regio {code}", inhabitants=2, population_15_74=1) for code in codes],
        ignore_conflicts=True,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DESKS, tmp_path / "desks"))


def load(folder: Path = DESKS) -> Changes:
    with transaction.atomic():
        return load_desks(TODAY, folder)["desks"]


@pytest.mark.usefixtures("regions")
def test_what_is_read_back_is_what_the_files_say() -> None:
    load()
    assert all_desks() == read_desks()


@pytest.mark.usefixtures("regions")
def test_a_second_load_changes_nothing() -> None:
    load()
    assert load() == Changes(unchanged=len(read_desks()))


@pytest.mark.usefixtures("regions")
def test_a_change_by_a_region_is_visible_at_once(files: Path) -> None:
    load()
    file = files / "AM12.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("(0XX) 000 12 01", "(0XX) 000 12 99"), encoding="utf-8")
    assert load(files).changed == 1
    outcome = desks_for(who=Who.JOB_SEEKER, topic=Topic.WORK, home_region="AM12", work_region=None, on=TODAY)
    assert outcome.value[0].desk.phone == "(0XX) 000 12 99"


@pytest.mark.usefixtures("regions")
def test_a_desk_that_left_the_files_is_kept_but_no_longer_given(files: Path) -> None:
    load()
    (files / "AM12.yaml").unlink()
    changes = load(files)
    assert (changes.added, changes.changed, changes.obsolete) == (0, 0, 7)
    assert all(desk.region_code != "AM12" for desk in all_desks())
    assert load().changed == 7


@pytest.mark.django_db
def test_without_regions_nothing_is_loaded_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    file = (DESKS / "AM12.yaml").read_text(encoding="utf-8").replace("AM12", "AM99")
    (tmp_path / "AM99.yaml").write_text(file, encoding="utf-8")
    with pytest.raises(UnavailableError, match="load the regions first"):
        load(tmp_path)


def test_desks_are_loaded_after_the_regions_they_belong_to() -> None:
    names = [reference_set.name for reference_set in reference_sets()]
    assert names.index("desks") > names.index("regions")


@pytest.mark.usefixtures("regions")
@pytest.mark.parametrize(("column", "value"), [("phone", "(035) 123 45 67"), ("email", "rmt@hilversum.nl")])
def test_the_database_refuses_an_invented_desk_that_could_be_reached(column: str, value: str) -> None:
    load()
    with pytest.raises(IntegrityError, match="invented_desk_cannot_be_reached"), transaction.atomic():
        connection.cursor().execute(f"UPDATE regions_desk SET {column} = %s WHERE invented", [value])
    connection.cursor().execute(f"UPDATE regions_desk SET {column} = %s, invented = false", [value])
