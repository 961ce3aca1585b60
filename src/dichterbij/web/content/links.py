"""Links inside the site, in written texts: `page:routes:route/open-hiring#kosten` is a page by its url name."""

from django.urls import NoReverseMatch, reverse

SCHEME = "page:"


def address(href: str) -> str | None:
    """The address of `page:<app>:<name>[/<argument>...][#<part>]` in the language now; None without a page."""
    name, _, part = href.removeprefix(SCHEME).partition("#")
    view, *arguments = name.split("/")
    try:
        found = reverse(view, args=arguments)
    except NoReverseMatch:
        return None
    return f"{found}#{part}" if part else found
