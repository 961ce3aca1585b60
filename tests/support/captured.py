"""What a page asks of the database, in a form in which two can be laid beside each other."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TEXT = re.compile(r"'(?:[^']|'')*'(::\w+(\[\])?)?")
_NUMBER = re.compile(r"(?<![\w\"])\d+(\.\d+)?\b")
_LIST = re.compile(r"\((\?(, )?)+\)")
_ARRAY = re.compile(r"ARRAY\[[^\]]*\]")
_COLUMNS = re.compile(r"^SELECT (?:DISTINCT )?(?:\"\w+\"\.\"\w+\"(?: AS \"\w+\")?(?:, )?)+ FROM")
_TABLE = re.compile(r"\"\w+\"\.(?=\")")
_SAID = re.compile(r"^SELECT (coalesce\(current_setting|set_config)\(.*")
_VALUES = re.compile(r"VALUES \(.*\)", re.DOTALL)


def normalised(statement: str) -> str:
    """A statement without its values and columns: the same one for another row."""
    if "enable_bitmapscan" in statement:
        return "(reads by an index, or not any more)"
    text = _ARRAY.sub("?", _TEXT.sub("?", " ".join(statement.split())))
    text = _LIST.sub("(…)", _NUMBER.sub("?", text).replace("NULL", "?"))
    text = _COLUMNS.sub("SELECT … FROM", _VALUES.sub("VALUES …", text))
    return _SAID.sub("(says who acts)", _TABLE.sub("", text).replace('"', ""))


class Asked(CaptureQueriesContext):
    """The statements of a stretch, normalised; savepoints and the like left out."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def lines(self) -> list[str]:
        """In the order in which they were asked."""
        found = (normalised(query["sql"]) for query in self.captured_queries)
        return [line for line in found if not line.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
