"""A log without what visitors typed: neither the text of a database error nor a secret link stands in it."""

import logging
import re

from django.db import DatabaseError

# What stands before the secret of every page with a `<str:token>`; a test walks all of them.
SECRET = re.compile(r"(/(?:bericht|overdracht|mijn|link|uitnodiging)/)[^/\s?]+")


class Quiet(logging.Filter):
    """Takes secret tokens out of paths, and of a database error keeps the kind only: its text quotes the row."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: every record stays, without what is nobody's business."""
        record.msg, record.args = SECRET.sub(r"\1...", record.getMessage()), None
        error = record.exc_info[1] if record.exc_info else None
        if _quotes_rows(error):
            record.msg = f"{record.msg} ({type(error).__name__})"
            record.exc_info = record.exc_text = None
        return True


def _quotes_rows(error: BaseException | None) -> bool:
    """Whether a database error stands anywhere in the chain, which a traceback would print whole."""
    while error is not None:
        if isinstance(error, DatabaseError):
            return True
        error = error.__cause__ or error.__context__
    return False
