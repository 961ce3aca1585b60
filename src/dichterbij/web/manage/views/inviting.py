"""Inviting a colleague; the invitation stays when the mail cannot leave."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import NotAllowedError, TakenError
from dichterbij.domains.accounts.rules import OrganisationKind, Role, roles_to_give
from dichterbij.domains.post.errors import RefusedError, UnsureError
from dichterbij.domains.regions import queries as regions
from dichterbij.shared.errors import NotFoundError, UnavailableError
from dichterbij.web.login import mail
from dichterbij.web.login.terms import invitation_days
from dichterbij.web.login.who import signed_in
from dichterbij.web.manage.forms import InviteForm
from dichterbij.web.manage.views.pages import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Whom, where, as what."""
    actor, now = signed_in(request).actor, timezone.now()
    organisations = queries.organisations_to_invite(actor=actor, on=timezone.localdate(now))
    given = {role for kind in OrganisationKind for role in roles_to_give(actor.role, kind)}
    roles = [role.value for role in Role if role in given]
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, organisations=organisations, roles=roles, regions=_region_names(organisations))
    if request.method == "POST" and form.is_valid():
        try:
            return _send(
                request, form.cleaned_data["email"], form.cleaned_data["role"], UUID(form.cleaned_data["organisation"])
            )
        except TakenError:
            form.add_error("email", _("This person has that role in that organisation already."))
        except NotAllowedError:
            form.add_error("role", _("This role does not fit this organisation. Choose another role or organisation."))
        except NotFoundError:
            form.add_error("organisation", _("Choose an organisation."))
    context = {"form": form, "days": invitation_days()}
    return page(request, "invite.html", context, status=422 if form.errors else 200)


@require_POST
def again(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """A new mail with a new link; the old link stops working."""
    actor, now = signed_in(request).actor, timezone.now()
    open_ones = queries.open_invitations(actor=actor, now=now, on=timezone.localdate(now))
    row = next((one for one in open_ones if one.id == invitation), None)
    if row is None:
        raise Http404
    try:
        return _send(request, row.email, row.role.value, row.organisation)
    except TakenError:
        return done(request, _("This person has that role in that organisation already."), "manage:members")
    except (NotAllowedError, NotFoundError):
        words = _("This invitation cannot be sent again: the role or the organisation is no longer yours to give.")
        return done(request, words, "manage:members")


@require_POST
def withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """The link stops working."""
    try:
        actions.withdraw_invitation(actor=signed_in(request).actor, invitation=invitation, now=timezone.now())
    except NotFoundError:
        raise Http404 from None
    return done(request, _("The invitation is withdrawn."), "manage:members")


def _region_names(organisations: Sequence[queries.OrganisationRow]) -> dict[str, str]:
    """Names of regions by code; none where all organisations are of one."""
    codes = {row.region for row in organisations}
    return {row.code: row.name for row in regions.regions() if row.code in codes} if len(codes) > 1 else {}


def _send(request: HttpRequest, email: str, role: str, organisation: UUID) -> HttpResponse:
    standing = signed_in(request)
    new = actions.invite(
        actor=standing.actor, email=email, role=Role(role), organisation=organisation, now=timezone.now()
    )
    context = {
        "invitation": new,
        "address": request.build_absolute_uri(reverse("login:invitation", args=[new.token])),
    }
    try:
        subject = _("Invitation to work with Dichterbij")
        mail.send(new.email, subject, render_to_string("manage/mail_invitation.txt", context))
    except UnsureError:
        words = _(
            "The invitation to %(email)s is kept. Perhaps the mail has left; we do not know. Ask whether it came, "
            "or send it again in a while."
        )
        return done(request, words % {"email": new.email}, "manage:members")
    except RefusedError:
        words = _(
            "The invitation to %(email)s is kept, but we cannot send mail to this address. Look whether it is written "
            "well."
        )
        return done(request, words % {"email": new.email}, "manage:members")
    except UnavailableError:
        words = _("The invitation to %(email)s is kept, but the mail cannot leave now. Send it again in a while.")
        return done(request, words % {"email": new.email}, "manage:members")
    actions.invitation_sent(invitation=new.id, now=timezone.now())
    words = (
        _("%(email)s is invited again. The link of the former mail does not work any more.")
        if new.replaces
        else _("%(email)s is invited.")
    )
    return done(request, words % {"email": new.email}, "manage:members")
