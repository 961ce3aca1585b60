"""Keeping the accounts and organisations of a region."""

from django.urls import path

from dichterbij.web.manage.views import inviting, members, organisations

app_name = "manage"
urlpatterns = [
    path("", members.members, name="members"),
    path("uitnodigen/", inviting.invite, name="invite"),
    path("uitnodigingen/<uuid:invitation>/intrekken/", inviting.withdraw, name="withdraw"),
    path("uitnodigingen/<uuid:invitation>/opnieuw/", inviting.again, name="again"),
    path("collega/<int:membership>/", members.member, name="member"),
    path("collega/<int:membership>/afwezig/", members.absence, name="absence"),
    path("collega/<int:membership>/beeindigen/", members.end, name="end"),
    path("collega/<int:membership>/code/", members.reset, name="reset"),
    path("organisaties/", organisations.every, name="organisations"),
    path("organisaties/nieuw/", organisations.add, name="add-organisation"),
    path("organisaties/<uuid:organisation>/", organisations.change, name="organisation"),
    path("organisaties/<uuid:organisation>/beeindigen/", organisations.end, name="end-organisation"),
]
