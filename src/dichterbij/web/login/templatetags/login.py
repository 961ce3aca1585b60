"""`{% load login %}`: who is signed in, and roles in words."""

from collections.abc import Mapping

from django import template
from django.template.context import RequestContext

from dichterbij.domains.accounts.queries import Standing
from dichterbij.web.login import work
from dichterbij.web.login.who import standing_of
from dichterbij.web.login.words import KINDS, ROLES

register = template.Library()


@register.simple_tag(takes_context=True)
def signed_in(context: RequestContext) -> Standing | None:
    """`{% signed_in as standing %}`: a browser without a session costs nothing."""
    request = context.get("request")
    return standing_of(request) if request else None


@register.simple_tag(takes_context=True)
def work_links(context: RequestContext, standing: Standing) -> tuple[work.WorkLink, ...]:
    """`{% work_links standing as links %}`: the pages of one's work."""
    return work.work_links(context["request"], standing.actor.role)


@register.filter
def role_name(role: str) -> str:
    """A role in words."""
    return str(ROLES[role])


@register.filter
def kind_name(kind: str) -> str:
    """A kind of organisation in words."""
    return str(KINDS[kind])


@register.filter
def region_in(code: str, names: Mapping[str, str]) -> str:
    """A region's name, its code where the data have none."""
    return names.get(code, code)
