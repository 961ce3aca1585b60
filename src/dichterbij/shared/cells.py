"""Cells of a table that a spreadsheet opens."""

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet reads a cell that begins so as a formula, also behind spaces and marks that are not shown.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula, however it begins."""
    bare = text.lstrip(" \u00a0\ufeff\u200b")
    return f"'{text}" if bare.startswith(FORMULA) or text.startswith(FORMULA) else text
