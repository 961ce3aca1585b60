"""A code in place of a person: the same however and wherever the name is given, and always the same."""

from datetime import date

from dichterbij.domains.schemes.rules.persons import person_key, with_code

BORN = date(1985, 3, 14)


def test_the_same_person_has_the_same_code_however_the_name_is_typed() -> None:
    code = person_key("Sami  Verzonnen", BORN, secret="a")
    assert person_key("sami verzonnen ", BORN, secret="a") == code
    assert person_key("Sami Verzonnen", date(1985, 3, 15), secret="a") != code
    assert person_key("Sami Verzonnen", BORN, secret="b") != code
    assert person_key("Jos\u00e9", BORN, secret="a") == person_key("Jose\u0301", BORN, secret="a")


def test_a_code_never_changes_so_nobody_counts_anew_after_an_update() -> None:
    assert person_key("Sami Verzonnen", BORN, secret="a") == "person:96458c5a432050ef45c3c12956b9f58d"


def test_who_names_nobody_is_left_as_it_came() -> None:
    assert with_code({"applicant": "employer"}, secret="a") == {"applicant": "employer"}
