"""The pages of something long: which one this is, and which are offered to go to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """Page `number` of `of`."""

    number: int
    of: int

    @classmethod
    def asked(cls, asked: str, total: int, size: int) -> "Pages":
        """Of `total` things, `size` a page; `asked` is as in an address, the nearest page that exists is taken."""
        pages = max(1, -(-total // size))
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        return cls(min(max(1, number), pages), pages)

    @property
    def before(self) -> int | None:
        """The previous page."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The next page."""
        return self.number + 1 if self.number < self.of else None

    @property
    def shown(self) -> tuple[int | None, ...]:
        """The first, the last, and those beside this one; None where pages are left out."""
        near = {1, self.number - 1, self.number, self.number + 1, self.of}
        # A gap of one page takes as much room as that page.
        near |= {page for page in (2, self.of - 1) if {page - 1, page + 1} <= near}
        offered = sorted(page for page in near if 1 <= page <= self.of)
        found: list[int | None] = []
        for page in offered:
            if found and page - (found[-1] or 0) > 1:
                found.append(None)
            found.append(page)
        return tuple(found)
