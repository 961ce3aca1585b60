"""Taking up an invitation: a name, and then the second factor."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import LinkOverError, OtherKindError
from dichterbij.web.login.coming_in import ask_code
from dichterbij.web.login.forms import NameForm
from dichterbij.web.login.terms import invitation_days
from dichterbij.web.login.views.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; on POST the role is taken up."""
    now = timezone.now()
    row = queries.invitation_by_token(token=token, now=now)
    if row is None:
        return page(request, "invitation_over.html", {"days": invitation_days()}, status=410)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(token=token, name=form.cleaned_data["name"].strip(), now=now)
        except LinkOverError:
            return page(request, "invitation_over.html", {"days": invitation_days()}, status=410)
        except OtherKindError:
            return page(request, "invitation_other.html", {"invitation": row}, status=409)
        return ask_code(request, user, next_path="", now=now)
    context = {"form": form, "invitation": row}
    return page(request, "invitation.html", context, status=422 if form.errors else 200)
