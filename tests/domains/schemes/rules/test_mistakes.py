"""A scheme file with a mistake says which field is wrong, and what to do."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dichterbij.domains.schemes.rules import read_scheme
from dichterbij.shared.errors import InputError
from domains.schemes.rules.made import ASK, KIND, PER_UNIT, WINDOW, A, cap, values, window

MISTAKES: list[tuple[str, dict[str, Any], str]] = [
    ("an amount with a comma", {"amount": {"formula": "fixed", "euros": "1.500,00"}}, "amount, euros: .*no comma"),
    ("an amount that is a float", {"amount": {"formula": "fixed", "euros": 67.5}}, 'between quotes.*"67.50"'),
    ("zero euro", {"amount": {"formula": "fixed", "euros": 0}}, "zero euro is no amount"),
    ("less than zero", {"amount": {"formula": "fixed", "euros": -1}}, "between 0 and 10 billion"),
    ("too much", {"amount": {"formula": "fixed", "euros": 10_000_000_001}}, "between 0 and 10 billion"),
    (
        "an amount in words",
        {"amount": {"formula": "fixed", "euros": "much"}},
        'whole euros like 1500, or text like "67.50"',
    ),
    ("no amount", {"amount": {"formula": "fixed"}}, "amount: euros is missing"),
    ("an unknown formula", {"amount": {"formula": "free"}}, "no formula 'free'; the formulas are fixed, per_unit"),
    (
        "no units",
        {"amount": {"formula": "pro_rata", "euros": 1}},
        "units is a whole number from 1 to 10000, found None",
    ),
    ("zero units", {"amount": {"formula": "pro_rata", "euros": 1, "units": 0}}, "units is a whole number from 1"),
    ("true is no number", {"amount": {"formula": "pro_rata", "euros": 1, "units": True}}, "units is a whole number"),
    (
        "units beyond the most",
        {"amount": {"formula": "per_unit", "euros": 2_000_000, "most": 10_000}},
        "10 billion euros",
    ),
    (
        "more than the whole",
        {"amount": {"formula": "share", "numerator": 3, "denominator": 2}},
        "at most the whole, found 3/2",
    ),
    (
        "lines without categories",
        {"amount": {"formula": "by_category", "euros": 3}},
        "euros: expected a list of fields",
    ),
    ("a stray field of an amount", {"amount": {"euro": 3}}, "amount: euro is no field here"),
    (
        "periods that overlap",
        {
            "periods": [
                window("one", "2021-01-01 00:00:00", "2021-02-01 09:00:00"),
                window("two", "2021-02-01 09:00:00", "2021-03-01 00:00:00"),
            ]
        },
        "the periods one and two overlap; let one end before the other",
    ),
    (
        "two periods of one name",
        {
            "periods": [
                window("one", "2021-01-01 00:00:00", "2021-01-31 00:00:00"),
                window("one", "2021-02-01 00:00:00", "2021-03-01 00:00:00"),
            ]
        },
        "two periods have the same name",
    ),
    (
        "it closes before it opens",
        {"periods": [window("one", "2021-02-01 00:00:01", "2021-02-01 00:00:00")]},
        "one: it closes before it opens",
    ),
    (
        "29 February",
        {"periods": [window("one", "2021-02-29 00:00:00", "2021-03-01 00:00:00")]},
        "2021-02-29 00:00:00 does not exist; 2021 has no 29 February",
    ),
    (
        "31 April",
        {"periods": [window("one", "2021-04-31 00:00:00", "2021-05-01 00:00:00")]},
        "2021-04-31 00:00:00 does not exist",
    ),
    (
        "the hour that is skipped",
        {"periods": [window("one", "2021-03-28 02:30:00", "2021-05-01 00:00:00")]},
        "the clock goes forward",
    ),
    (
        "a moment with a zone",
        {"periods": [window("one", datetime(2021, 1, 1, tzinfo=UTC), "2021-05-01 00:00:00")]},
        "Dutch time without a zone",
    ),
    (
        "a moment in words",
        {"periods": [window("one", "soon", "2021-05-01 00:00:00")]},
        "a moment is written like 2020-10-15 23:59:59",
    ),
    ("no period", {"periods": []}, "periods must be a list with at least one item"),
    ("no places", {"periods": [{**WINDOW, "places": 0}]}, "places is a whole number from 1"),
    ("an unknown applicant", {"applicants": ["dog"]}, "applicants is one of employer, .*found 'dog'"),
    ("execution eats it all", {"ceiling": {"execution": 6_000_000}}, "nothing is left for grants"),
    (
        "windows come to more",
        {"periods": [{**WINDOW, "ceiling": 6_000_001}]},
        "the ceilings of the windows come to more",
    ),
    (
        "categories come to more",
        {"categories": [KIND], "ceiling": {"categories": {"a": 6_000_001}}},
        "the categories come to more than the ceiling",
    ),
    (
        "a category without a ceiling",
        {"categories": [KIND], "ceiling": {"categories": {}}},
        "ceiling, categories: a is missing",
    ),
    ("two categories of one code", {"categories": [KIND, KIND]}, "two categories have the same name"),
    (
        "categories and windows",
        {"categories": [KIND], "ceiling": {"categories": {"a": 5}}, "periods": [{**WINDOW, "ceiling": 5}]},
        "needs one window, without a ceiling",
    ),
    (
        "categories and two windows",
        {
            "categories": [KIND],
            "ceiling": {"categories": {"a": 5}},
            "periods": [
                WINDOW,
                window("two", "2022-02-01 00:00:00", "2022-03-01 00:00:00"),
            ],
        },
        "needs one window",
    ),
    ("a year far away", {"categories": [{**KIND, "year": 1999}]}, "year is a whole number from 2000 to 2099"),
    ("carries over nothing", {"distribution": {"carries_over": True}}, "only when each has its own ceiling"),
    ("an unknown method", {"distribution": {"method": "luck"}}, "method is one of receipt, "),
    ("whole units of costs", {"distribution": {"rest": "whole_units"}}, "whole_units needs the formula per_unit"),
    ("unknown ties", {"distribution": {"ties": "age"}}, "ties is draw or receipt, found 'age'"),
    ("a score below zero", {"distribution": {"lowest_score": -1}}, "lowest_score is a whole number from 0"),
    (
        "a source that is no source",
        {"amount": {"source": "somebody"}},
        "source starts with one of letter, awb, framework or assumption",
    ),
    ("a condition without reason", {"conditions": [{**ASK, "refusal": "because"}]}, "no reason 'because'"),
    ("a condition that grants", {"conditions": [{**ASK, "refusal": "granted"}]}, "granted is none"),
    (
        "a condition of another period",
        {"conditions": [{**ASK, "periods": ["y1900"]}]},
        "periods are some of y2021; found y1900",
    ),
    (
        "a condition of another category",
        {"conditions": [{**ASK, "categories": ["x"]}]},
        "categories are some of ; found x",
    ),
    ("a condition that is not yes or no", {"conditions": [{**ASK, "must": "maybe"}]}, "must is true or false"),
    ("two conditions of one code", {"conditions": [ASK, ASK]}, "two conditions have the same name"),
    (
        "too many conditions",
        {"conditions": [{**ASK, "code": f"c{place}"} for place in range(63)]},
        "at most 62 conditions",
    ),
    (
        "a limit unless nothing",
        {"limit": {"most": 3, "unless": "x", "then": 4, **A}},
        "x is no condition of this scheme",
    ),
    (
        "a limit that shrinks",
        {"conditions": [ASK], "limit": {"most": 3, "unless": "a", "then": 2, **A}},
        "then is a whole number from 3",
    ),
    (
        "starts the wrong way",
        {"starts": {"first": date(2021, 2, 2), "last": date(2021, 2, 1), **A}},
        "last lies before first",
    ),
    ("a cap on units of costs", {"caps": [cap("person", "units", 1)]}, "only the formula per_unit has units"),
    (
        "a cap that breaks units",
        {"amount": PER_UNIT, "caps": [cap("person", "cents", 1, reduces=True)]},
        "would break units in parts",
    ),
    ("a cap of a group alone", {"caps": [cap("group", "times", 1)]}, "needs one for an employer"),
    (
        "two caps of one kind",
        {"caps": [cap("person", "times", 1), cap("person", "times", 2)]},
        "two caps have the same name",
    ),
    ("a cap of nothing", {"caps": [cap("person", "times", 0)]}, "most is a whole number from 1"),
    ("a cap without amount", {"caps": [{"whose": "person", "counts": "cents", **A}]}, "most_euros is missing"),
    ("an unknown letter", {"letters": ["love"]}, "no letter 'love'"),
    ("documents that are no list", {"evidence": {"audit": "all"}}, "audit: a list of documents, found 'all'"),
    ("documents that are no text", {"evidence": {"audit": [1]}}, "audit: a list of documents"),
    ("a term of no weeks", {"terms": {"pay": {"weeks": 0}}}, "weeks is a whole number from 1 to 104"),
    ("a term too long", {"terms": {"pay": {"weeks": 105}}}, "weeks is a whole number from 1 to 104"),
    ("an unknown step", {"terms": {"sleep": {"weeks": 1}}}, "sleep is no field here"),
    (
        "statuses out of order",
        {
            "status": [
                {"status": "planned", "from": date(2021, 1, 2), "source": "letter"},
                {"status": "closed", "from": date(2021, 1, 2), "source": "letter"},
            ]
        },
        "in the order of their days",
    ),
    (
        "opening unpublished",
        {"status": [{"status": "open", "from": date(2021, 1, 1), "source": "letter"}]},
        "has a day of publication",
    ),
    (
        "published as it opens",
        {"published_on": date(2021, 1, 1)},
        "published_on must lie before the first window opens",
    ),
    ("published in words", {"published_on": "soon"}, "published_on is a date"),
    ("checked in words", {"checked_on": "today"}, "checked_on: a moment is written like"),
    ("statuses that are no list", {"status": "open"}, "status must be a list, found 'open'"),
    ("sources that are no list", {"sources": "me"}, "sources gives each document a short name"),
    ("no title", {"title": {"nl": "een"}}, "title needs nl and en"),
    ("questions that are no list", {"questions": "why"}, "questions must be a list"),
    ("no category for no reason", {"no_category": "because"}, "no_category is a reason"),
]


@pytest.mark.parametrize(
    ("changes", "says"), [(changes, says) for _, changes, says in MISTAKES], ids=[name for name, _, _ in MISTAKES]
)
def test_a_mistake_in_a_file_is_named(changes: dict[str, Any], says: str) -> None:
    told = values(**changes)
    if changes.get("title"):
        told["title"] = changes["title"]
    with pytest.raises(InputError, match=says) as error:
        read_scheme(told)
    assert error.value.message.startswith("language_at_work")


def test_what_is_no_scheme_or_lacks_a_field_is_named() -> None:
    with pytest.raises(InputError, match="a scheme is a list of fields, found 3"):
        read_scheme(3)
    with pytest.raises(InputError, match="a scheme: scheme, version"):
        read_scheme({})
    told = values()
    del told["letters"]
    with pytest.raises(InputError, match="language_at_work: letters is missing"):
        read_scheme(told)
