"""Every address of the site, read from its own list: name, and what it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """A page: its full name, the kind of everything its address takes, and what is given besides."""

    name: str
    takes: tuple[tuple[str, str], ...]


@cache
def routes() -> tuple[Route, ...]:
    """All of them, once each."""
    return tuple(dict.fromkeys(_walk(get_resolver().url_patterns, (), {})))


def _walk(patterns: list[Any], spaces: tuple[str, ...], above: Mapping[str, Any]) -> Iterator[Route]:
    for one in patterns:
        takes = {**above, **one.pattern.converters}
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces, takes)
        elif isinstance(one, URLPattern):
            kinds = tuple((name, type(kind).__name__) for name, kind in takes.items())
            yield Route(":".join([*spaces, one.name or ""]), kinds)
