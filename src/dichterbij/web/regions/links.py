"""Addresses of pages of other apps; empty where there is no such page."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from dichterbij.web.regions import words


def address(name: str, *arguments: str, region: str = "") -> str:
    """The page's address, with the region in it when given; empty when there is no such page."""
    try:
        found = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode({'regio': region})}" if region else found


def route_address(route: str, region: str = "") -> str:
    """The page of one of the four routes; empty for another."""
    slug = words.SLUGS.get(route)
    return address("routes:route", slug, region=region) if slug else ""
