"""Every command on the page about the API works, and gives what the page shows."""

import pytest

from support.curl import asked, examples, is_shown
from support.programs import Program, with_right
from support.schemes import decided, opened

pytestmark = pytest.mark.usefixtures("site")


def test_the_commands_of_the_page_give_what_it_shows(program: Program) -> None:
    """In their order, as a reader would: what is applied for is what is looked up."""
    here = opened(slug="employer_subsidy")
    names = {"OPENSTELLING": here.digest.hex()[:16], "SLEUTEL": with_right("carry_out_scheme").key}
    for command, shown in examples():
        if "/geld/" in command:
            continue
        told = asked(program, command, names)
        assert shown is None or is_shown(shown, told), (command, told)
        if "bewijs" in told and "NUMMER" not in names:
            names |= {"NUMMER": told["nummer"], "BEWIJS": told["bewijs"]}
            decided(here)
    assert len(examples()) > 15
