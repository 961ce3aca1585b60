"""Loading the desks files is repeatable, tells what changed, and never deletes."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.regions.actions.desks import DesksReport, load_desks
from dichterbij.domains.regions.models import Region
from dichterbij.domains.regions.queries.desks import all_desks, desks_for
from dichterbij.domains.regions.rules.desk_files import DESKS, read_desks
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.shared.errors import UnavailableError

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def regions(db: None) -> None:
    codes = sorted({desk.region_code for desk in read_desks() if desk.region_code})
    Region.objects.bulk_create(
        [Region(code=code, name=f"Regio {code}", inhabitants=2, population_15_74=1) for code in codes],
        ignore_conflicts=True,
    )


@pytest.mark.usefixtures("regions")
def test_what_is_read_back_is_what_the_files_say() -> None:
    load_desks(actor="test", now=NOW)
    assert all_desks() == read_desks()


@pytest.mark.usefixtures("regions")
def test_a_second_load_changes_nothing_and_tells_nothing() -> None:
    first = load_desks(actor="test", now=NOW)
    events = AuditEvent.objects.count()
    again = load_desks(actor="test", now=NOW)
    assert (again.added, again.changed, again.obsolete) == (0, 0, 0)
    assert again.unchanged == first.added + first.changed + first.unchanged
    assert AuditEvent.objects.count() == events


@pytest.mark.usefixtures("regions")
def test_a_change_by_a_region_is_visible_at_once(tmp_path: Path) -> None:
    load_desks(actor="test", now=NOW)
    folder = Path(shutil.copytree(DESKS, tmp_path / "desks"))
    file = folder / "AM12.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("(0XX) 000 12 01", "(0XX) 000 12 99"), encoding="utf-8")
    assert load_desks(actor="test", now=NOW, folder=folder).changed == 1
    outcome = desks_for(
        who=Who.JOB_SEEKER, topic=Topic.WORK, home_region="AM12", work_region=None, on=date(2026, 11, 22)
    )
    assert outcome.value[0].desk.phone == "(0XX) 000 12 99"


@pytest.mark.usefixtures("regions")
def test_a_desk_that_left_the_files_is_kept_but_no_longer_given(tmp_path: Path) -> None:
    load_desks(actor="test", now=NOW)
    folder = Path(shutil.copytree(DESKS, tmp_path / "desks"))
    (folder / "AM12.yaml").unlink()
    report = load_desks(actor="test", now=NOW, folder=folder)
    assert report == DesksReport(added=0, changed=0, obsolete=7, unchanged=report.unchanged)
    assert all(desk.region_code != "AM12" for desk in all_desks())
    assert load_desks(actor="test", now=NOW).changed == 7


@pytest.mark.django_db
def test_without_regions_nothing_is_loaded_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    file = (DESKS / "AM12.yaml").read_text(encoding="utf-8").replace("AM12", "AM99")
    (tmp_path / "AM99.yaml").write_text(file, encoding="utf-8")
    with pytest.raises(UnavailableError, match="Load the regions first"):
        load_desks(actor="test", now=NOW, folder=tmp_path)
