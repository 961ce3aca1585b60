"""The sources page shows what the packaged files say about themselves."""

from datetime import date

from dichterbij.data import REFERENCE, RULES
from dichterbij.web.site.sources import data_sets, rule_sets


def test_every_packaged_set_is_named_with_publisher_licence_and_date() -> None:
    assert len(data_sets()) == len(list(REFERENCE.glob("*/source.yaml"))) >= 6
    for item in data_sets():
        assert item.publisher, item.title
        assert item.licence, item.title
        assert item.valid_from, item.title


def test_every_dated_rule_file_is_listed_with_its_source() -> None:
    listed = sum(len(rule.files) for rule in rule_sets())
    assert listed == len(list(RULES.glob("*/*/*.yaml")))
    assert all(file.source for rule in rule_sets() for file in rule.files)


def test_an_assumption_is_marked_as_one() -> None:
    bridge = next(rule for rule in rule_sets() if rule.valid_from == date(2026, 1, 1))
    assert any(file.is_assumption for file in bridge.files)
