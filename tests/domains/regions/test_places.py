"""Finding a place as people type it."""

import pytest

from dichterbij.domains.regions.rules.places import Place, PlaceIndex, names_of, plain


def place(name: str, gm_code: str = "GM0001", inhabitants: int = 100) -> Place:
    return Place(name, gm_code, name, "AM01", "Groningen", 1000, inhabitants)


INDEX = PlaceIndex(
    [
        place("Groningen", "GM0014", 230_000),
        place("Groeningen", "GM1982", 300),
        place("'s-Hertogenbosch", "GM0796", 110_000),
        place("Den Haag", "GM0518", 550_000),
        place("Súdwest-Fryslân", "GM1900", 90_000),
        place("St. Willebrord", "GM0840", 9_000),
        place("Bergen (NH.)", "GM0373", 30_000),
        place("Bergen op Zoom", "GM0748", 67_000),
        place("Beek", "GM0888", 16_000),
        place("Beek", "GM1945", 3_000),
        place("Ee", "GM1970", 800),
    ]
)


def names(text: str, limit: int = 8) -> list[str]:
    return [found.place.name for found in INDEX.find(text, limit=limit)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Groningen", "Groningen"),
        ("  GRONINGEN ", "Groningen"),
        ("gronnigen", "Groningen"),
        ("gronigen", "Groningen"),
        ("s hertogenbosch", "'s-Hertogenbosch"),
        ("Den Bosch", "'s-Hertogenbosch"),
        ("'s-Gravenhage", "Den Haag"),
        ("sudwest fryslan", "Súdwest-Fryslân"),
        ("sint willebrord", "St. Willebrord"),
        ("Bergen", "Bergen (NH.)"),
        ("ee", "Ee"),
    ],
)
def test_a_place_is_found_as_people_type_it(typed: str, meant: str) -> None:
    assert names(typed)[0] == meant


def test_only_the_name_itself_is_exact() -> None:
    assert [found.is_exact for found in INDEX.find("Bergen", limit=2)] == [True, False]
    assert not INDEX.find("gronnigen", limit=1)[0].is_exact


@pytest.mark.parametrize("name", ["Bergen L", "Elst Ut", "Katwijk NB", "Beuningen Gld", "Hengelo (Gld)"])
def test_the_province_behind_a_name_need_not_be_typed(name: str) -> None:
    found = PlaceIndex([place(name, "GM0001", 5_000)]).find(name.split()[0], limit=1)
    assert [item.is_exact for item in found] == [True]


def test_a_name_that_ends_in_a_word_keeps_it() -> None:
    assert names_of("Bergen aan Zee") == {"bergen aan zee"}
    assert names_of("Nul") == {"nul"}


def test_of_places_with_one_name_the_largest_comes_first() -> None:
    assert [found.place.inhabitants for found in INDEX.find("beek", limit=8)] == [16_000, 3_000]


@pytest.mark.parametrize("typed", ["", " ", "x", "!!", "qqqqqqqq", "%", "\x00\x00\x00", "東京"])
def test_what_looks_like_no_place_finds_nothing(typed: str) -> None:
    assert names(typed) == []


def test_a_very_long_text_is_answered_at_once() -> None:
    assert names("groningen" * 20_000) == []


def test_no_more_places_than_asked_for() -> None:
    assert len(names("be", limit=1)) == 1


def test_the_plain_form_has_only_small_letters_digits_and_single_spaces() -> None:
    assert plain(" St.-Annaparochie (Frl) ") == "sint annaparochie frl"


HENGELOS = PlaceIndex(
    [
        Place("Hengelo", "GM0164", "Hengelo", "AM05", "Twente", 7551, 82_000),
        Place("Hengelo (Gld)", "GM1876", "Bronckhorst", "AM08", "Achterhoek", 7255, 8_000),
    ]
)


@pytest.mark.parametrize(
    ("typed", "regions"),
    [
        ("Hengelo (Twente)", ["AM05"]),
        ("hengelo, twente", ["AM05"]),
        ("Hengelo (Bronckhorst", ["AM08"]),
        ("Hengelo (xx)", ["AM05", "AM08"]),
        ("Hengelo (Gld)", ["AM08"]),
        ("nergens (Twente)", []),
    ],
)
def test_what_stands_behind_a_name_chooses_among_places_of_that_name(typed: str, regions: list[str]) -> None:
    found = HENGELOS.find(typed, limit=8)
    assert [item.place.region_code for item in found if item.is_exact] == regions
