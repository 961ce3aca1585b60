"""Roles and kinds of organisations in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.rules import OrganisationKind, Role

ROLES: dict[str, str | Promise] = {
    Role.CITIZEN: _("job seeker"),
    Role.EMPLOYER: _("employer"),
    Role.ADVISER: _("adviser"),
    Role.COORDINATOR: _("region coordinator"),
    Role.STEERING_GROUP: _("steering group"),
    Role.NATIONAL_TEAM: _("national team"),
    Role.SCHEME_OFFICER: _("scheme officer"),
    Role.RESEARCHER: _("researcher"),
    Role.ADMINISTRATOR: _("administrator"),
}
KINDS: dict[str, str | Promise] = {
    OrganisationKind.WSP: _("employers’ service point (WSP)"),
    OrganisationKind.RMT: _("regional mobility team (RMT)"),
    OrganisationKind.LEERWERKLOKET: _("learning and work desk"),
    OrganisationKind.UWV: _("UWV"),
    OrganisationKind.MUNICIPALITY: _("municipality"),
    OrganisationKind.WERKCENTRUM: _("Werkcentrum"),
    OrganisationKind.PARTNER: _("partner"),
    OrganisationKind.EMPLOYER: _("employer"),
    OrganisationKind.NATIONAL: _("for the whole country"),
}
