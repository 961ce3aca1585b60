"""In the demonstration a text message becomes a file, as its mail does."""

import os
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from dichterbij.domains.people.rules import ContactKind, NewContact, normalised


class TextFiles:
    """Writes every message into a file of its own, which only its owner reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, recipient: str, subject: str, text: str) -> None:
        """Keep one, as `Texting` says."""
        number = normalised(NewContact(ContactKind.PHONE, recipient))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{token_hex(4)}.txt"
        handle = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"To: {number}\n\n{text}\n")
