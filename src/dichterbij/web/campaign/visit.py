"""What a visit that came by a campaign link carries: the item's code, the same for everybody, and the steps that were
counted already, so that each counts once. No number of a visitor, no time, nothing that was answered."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dichterbij.domains.outreach.rules import STEPS, Step, code_from
from dichterbij.web.site.sealed import host_only

NAME = "campaign"
# One sitting: a browser that restores its windows weeks later starts a new visit.
MOST_SECONDS = 12 * 60 * 60
_SEPARATOR = "~"
_LETTERS = {step: step.value[0] for step in STEPS}
_STEPS = {letter: step for step, letter in _LETTERS.items()}

# Programs that look at an address for somebody else: search engines and the previews of messages.
_PROGRAMS = (
    "bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit", "whatsapp", "skypeuri", "embedly",
    "curl", "wget", "python-", "go-http", "java/", "okhttp", "monitor", "uptime",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """A visit by the link of an item."""

    code: str
    counted: frozenset[Step] = frozenset()

    def with_step(self, step: Step) -> "Visit":
        """The same visit with this step counted."""
        return replace(self, counted=self.counted | {step})


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit a request belongs to; None without a link, or with a cookie that is not ours."""
    code_text, _, letters = request.COOKIES.get(host_only(NAME), "").partition(_SEPARATOR)
    code = code_from(code_text)
    if code is None or not set(letters) <= _STEPS.keys():
        return None
    return Visit(code, frozenset(_STEPS[letter] for letter in letters))


def keep(response: HttpResponse, visit: Visit) -> None:
    """Put the visit in the browser's cookie, for one sitting."""
    letters = "".join(_LETTERS[step] for step in STEPS if step in visit.counted)
    response.set_cookie(
        host_only(NAME),
        f"{visit.code}{_SEPARATOR}{letters}",
        max_age=MOST_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def may_be_counted(request: HttpRequest) -> bool:
    """Whether a person opens this page now who did not ask to be left out (Do Not Track, Global Privacy Control)."""
    headers = request.headers
    asked_not_to = headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1"
    purpose = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}".lower()
    is_ahead_of_time = "prefetch" in purpose or "prerender" in purpose or "preview" in purpose
    return not (request.method == "HEAD" or asked_not_to or is_ahead_of_time or _is_program(request))


def _is_program(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    return not agent or any(name in agent for name in _PROGRAMS)
