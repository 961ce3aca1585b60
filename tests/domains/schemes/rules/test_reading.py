"""What a scheme file may say, on the edge of what it may not; and a published version never changes."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from dichterbij.domains.schemes.rules import check_ceiling, read_scheme, reason_texts, scheme, schemes, slugs, versions
from dichterbij.domains.schemes.rules.amounts import cents_of, euros
from dichterbij.domains.schemes.rules.files import PUBLISHED, ROOT, digests, version
from dichterbij.domains.schemes.rules.moments import closing, day_of, micros, moment_of, opening
from dichterbij.domains.schemes.rules.reading import OPTIONAL, REQUIRED
from dichterbij.domains.schemes.rules.reasons import REASONS, Why, why
from dichterbij.domains.schemes.rules.scheme import Counts, Evidence, Mechanism, Method, Rest, Status, Whose
from dichterbij.shared.errors import InputError, NotFoundError
from domains.schemes.rules.made import ASK, KIND, WINDOW, A, cap, made, values, window


def test_the_edges_of_what_is_allowed_are_allowed() -> None:
    assert made(periods=[{**WINDOW, "ceiling": 6_000_000}]).periods[0].ceiling_cents == 600_000_000
    assert made(categories=[KIND], ceiling={"categories": {"a": 6_000_000}}).ceiling.categories == {0: 600_000_000}
    assert made(ceiling={"execution": 5_999_999}).ceiling.cents == 100
    assert made(ceiling={"together": None}).ceiling.cents is None
    assert made(amount={"formula": "share", "numerator": 1, "denominator": 1}).formula.name == "share"
    assert made(amount={"formula": "per_unit", "euros": 1_000_000, "most": 10_000}).formula.name == "per_unit"
    assert made(amount={"formula": "fixed", "euros": 10_000_000_000}).formula.name == "fixed"
    assert made(terms={"pay": {"weeks": 104}}).terms["pay"].weeks == 104
    assert made(terms={"pay": {"weeks": 1}}).terms["pay"].source == "awb, 4:87"
    assert made(caps=[cap("person", "times", 10_000)]).caps[0].most == 10_000
    assert made(periods=[{**WINDOW, "places": 10_000_000}]).periods[0].places == 10_000_000
    assert made(published_on=date(2020, 12, 31)).published_on == date(2020, 12, 31)
    assert made(conditions=[{**ASK, "code": f"c{place}"} for place in range(62)]).conditions[61].code == "c61"
    assert made(starts={"first": date(2021, 1, 1), "last": date(2021, 1, 1), **A}).starts is not None
    assert made(limit={"most": 3, **A}).limit.then == 3  # type: ignore[union-attr]
    assert made(distribution={"lowest_score": 0}).distribution.lowest_score == 0
    assert made(categories=[{**KIND, "year": 2000, "receiver": "school"}]).categories[0].year == 2000
    second = [window("one", "2021-01-01 00:00:00", "2021-02-01 08:59:59"),
              window("two", "2021-02-01 09:00:00", "2021-02-01 09:00:00")]  # fmt: skip
    read = made(periods=second[::-1])
    assert [period.id for period in read.periods] == ["one", "two"]
    assert read.periods[1].ends - read.periods[1].opens == 1_000_000


def test_flags_are_off_and_answers_are_plain_when_the_file_is_silent() -> None:
    read = made(caps=[cap("person", "times", 1)])
    assert (read.caps[0].reduces, read.caps[0].each_period) == (False, False)
    assert (read.distribution.carries_over, read.distribution.ties, read.distribution.lowest_score) == (
        False,
        "draw",
        0,
    )
    assert (read.limit, read.starts, read.conditions, read.categories) == (None, None, (), ())
    assert read.no_category is Why.WRONG_CATEGORY
    assert read.printed == {}
    assert len(read.digest) == 64
    assert read.digest != made(limit={"most": 3, **A}).digest


@pytest.mark.parametrize(
    ("written", "cents"),
    [(1500, 150_000), ("67.50", 6_750), ("0.01", 1), ("17_942_000.00", 1_794_200_000), ("3", 300)],
)
def test_amounts_are_whole_euros_or_text_with_two_decimals(written: object, cents: int) -> None:
    assert cents_of(written, "here") == cents


@pytest.mark.parametrize("written", ["67.5", "67.505", ".50", "", "-1.00", "1 500", None, True, [1]])
def test_what_is_no_amount_is_refused_with_its_place(written: object) -> None:
    with pytest.raises(InputError, match=r"^here: "):
        cents_of(written, "here")


def test_cents_are_written_with_two_decimals() -> None:
    assert [euros(cents) for cents in (0, 1, 150_000, -205)] == ["0.00", "0.01", "1500.00", "-2.05"]


def test_a_ceiling_below_what_is_committed_is_refused() -> None:
    read = made()
    check_ceiling(read, committed_cents=600_000_000)
    with pytest.raises(InputError, match="lies below the 600000001 cents already committed"):
        check_ceiling(read, committed_cents=600_000_001)
    check_ceiling(made(ceiling={"together": None}), committed_cents=1)


def test_an_hour_that_comes_twice_opens_the_first_time_and_closes_the_second() -> None:
    first, last = opening("2020-10-25 02:30:00", ""), closing("2020-10-25 02:30:00", "")
    assert moment_of(first).astimezone(UTC) == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(last).astimezone(UTC) == datetime(2020, 10, 25, 1, 30, 1, tzinfo=UTC)


def test_a_day_is_a_day_and_a_moment_needs_its_zone() -> None:
    assert day_of("2020-02-29", "") == day_of(date(2020, 2, 29), "") == date(2020, 2, 29)
    assert opening("2020-02-29", "") == opening("2020-02-29 00:00:00", "")
    with pytest.raises(InputError, match="needs its time zone"):
        micros(datetime.fromisoformat("2020-02-29 00:00:00"))


def test_a_status_holds_from_its_day_in_dutch_time() -> None:
    read = scheme("employer_subsidy", date(2022, 9, 1))
    moments = {
        datetime(2022, 5, 12, 21, 59, 59, tzinfo=UTC): Status.CLOSED,
        datetime(2022, 5, 12, 22, 0, tzinfo=UTC): Status.PLANNED,
        datetime(2022, 10, 16, 21, 59, 59, tzinfo=UTC): Status.PLANNED,
        datetime(2022, 10, 16, 22, 0, tzinfo=UTC): Status.WITHDRAWN,
    }
    assert {moment: read.status_at(moment) for moment in moments} == moments


def test_an_answer_or_question_that_does_not_exist_is_named() -> None:
    question = {"id": "q", "words": {"nl": "q", "en": "q"}, "chosen": "a", "choices": {"a": {}}, **A}
    read = read_scheme(values(questions=[question]), choices={"q": "a"})
    assert [(one.id, one.chosen, one.choices, one.words.en) for one in read.questions] == [("q", "a", ("a",), "q")]
    with pytest.raises(InputError, match="language_at_work: there is no question z; there is q"):
        read_scheme(values(questions=[question]), choices={"z": "a"})
    with pytest.raises(InputError, match="there is none"):
        read_scheme(values(), choices={"z": "a"})
    with pytest.raises(InputError, match="question 1: b is no answer to q; the answers are a"):
        read_scheme(values(questions=[question]), choices={"q": "b"})
    for choices in (dict[str, object](), "a"):
        with pytest.raises(InputError, match="question 1: choices gives each answer a name"):
            read_scheme(values(questions=[{**question, "choices": choices}]))


def test_a_scheme_that_may_not_be_tried_says_so() -> None:
    with pytest.raises(InputError, match="may not be run as an exercise"):
        read_scheme(values(may_exercise=False)).as_exercise()
    assert not read_scheme(values()).is_exercise
    assert read_scheme(values()).as_exercise().is_exercise


def test_a_period_is_found_by_its_name() -> None:
    read = scheme("training_windows", date(2020, 10, 1))
    assert read.period("second").applicants == ("consortium",)
    with pytest.raises(InputError, match="there is no period third; there is first, second"):
        read.period("third")


def test_the_version_of_a_day_is_the_newest_not_after_it() -> None:
    assert scheme("development_advice", date(2020, 11, 30)).version == date(2020, 8, 1)
    assert scheme("development_advice", date(2020, 12, 1)).version == date(2020, 12, 1)
    with pytest.raises(InputError, match="begins on 2020-08-01; there is none on 2020-07-31"):
        scheme("development_advice", date(2020, 7, 31))
    with pytest.raises(NotFoundError, match="no scheme free_money; there is buffer_budget"):
        scheme("free_money", date(2022, 1, 1))
    before = {read.slug for read in schemes(date(2020, 11, 29))}
    assert before == {"development_advice", "perspectief_op_werk", "training_windows"}
    assert [read.slug for read in schemes(date(2026, 11, 22))] == list(slugs())


def test_every_published_file_is_the_one_that_was_published() -> None:
    files = {f"{slug}/{day}.yaml" for slug in slugs() for day in versions(slug)}
    assert dict(digests()) == {file: hashlib.sha256((ROOT / file).read_bytes()).hexdigest() for file in files}


def _copy(folder: Path, text: str, name: str = "2020-11-30.yaml") -> Path:
    (folder / "language_at_work").mkdir(parents=True)
    (folder / "language_at_work" / name).write_text(text)
    digest = hashlib.sha256((ROOT / "language_at_work" / "2020-11-30.yaml").read_bytes()).hexdigest()
    (folder / f"{PUBLISHED}.yaml").write_text(yaml.safe_dump({"files": {f"language_at_work/{name}": digest}}))
    return folder


def test_a_published_file_that_was_changed_is_not_read(tmp_path: Path) -> None:
    text = (ROOT / "language_at_work" / "2020-11-30.yaml").read_text()
    same = _copy(tmp_path / "same", text)
    assert version("language_at_work", date(2020, 11, 30), root=same).slug == "language_at_work"
    changed = _copy(tmp_path / "changed", text.replace("6_000_000", "7_000_000"))
    with pytest.raises(InputError, match=r"2020-11-30\.yaml: a published version never changes"):
        version("language_at_work", date(2020, 11, 30), root=changed)
    moved = _copy(tmp_path / "moved", text, "2020-12-01.yaml")
    with pytest.raises(InputError, match="the file says it is language_at_work of 2020-11-30"):
        version("language_at_work", date(2020, 12, 1), root=moved)


def test_a_scheme_without_a_version_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty: this scheme has no version"):
        scheme("empty", date(2022, 1, 1), root=tmp_path)


def test_every_reason_has_a_text_and_a_basis_and_keeps_its_number() -> None:
    texts = reason_texts()
    assert set(texts) == set(Why)
    assert all(text.basis and text.words.nl.endswith(".") and text.words.en.endswith(".") for text in texts.values())
    kept = {1: "granted", 5: "less_ceiling", 15: "wrong_applicant", 31: "employer_full", 34: "ceiling_reached"}
    assert kept.items() <= REASONS.items()
    assert why("no_interview") is Why.NO_INTERVIEW
    assert {one for one in Why if one.is_grant} >= {Why.GRANTED, Why.LESS_CEILING, Why.LESS_PRO_RATA}
    assert not {Why.SCHEME_CLOSED, Why.CEILING_REACHED, Why.NO_ROUTE} & {one for one in Why if one.is_grant}


def test_the_reference_names_every_scheme_version_and_field() -> None:
    text = (Path(__file__).parents[4] / "docs" / "reference" / "schemes.md").read_text()
    for slug in slugs():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{slug}`"))
        assert all(day.isoformat() in row for day in versions(slug))
    words = [*REQUIRED, *OPTIONAL, *Method, *Rest, *Evidence, *Status, *Whose, *Counts, *Mechanism]
    assert [word for word in words if f"`{word}`" not in text] == []
