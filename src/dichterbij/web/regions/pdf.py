"""The sheet as a tagged PDF (PDF/UA-1), so that it can be read aloud."""

from dichterbij.web.regions.sheets import Sheet


def of_sheet(sheet: Sheet, language: str) -> bytes:
    """The sheet on one A4."""
    raise NotImplementedError(sheet.code, language)
