"""Every page that opens with a secret link, walked in the addresses of the site itself: a new one is in it at once."""

import re
from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver


def secret_pages(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Their addresses, with `<str:token>` where the secret stands, and some number where one is asked."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from secret_pages(one, route)
        elif isinstance(one, URLPattern) and "<str:token>" in route:
            yield re.sub(r"<uuid:\w+>", str(UUID(int=1)), route)
