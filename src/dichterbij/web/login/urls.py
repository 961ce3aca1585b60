"""Signing in and out, and one's own account."""

from django.urls import path

from dichterbij.web.login.views import account, demo, factor, invitation, kept, link, provider, start

app_name = "login"
urlpatterns = [
    path("", start.start, name="start"),
    path("gemaild/", start.sent, name="sent"),
    path("link/<str:token>/", link.link, name="link"),
    path("code/", factor.code, name="code"),
    path("code/instellen/", factor.set_up, name="set-up"),
    path("rol/", account.role, name="role"),
    path("account/", account.account, name="account"),
    path("account/codes/", account.new_codes, name="new-codes"),
    path("account/afwezig/", account.absence, name="absence"),
    path("verder/", kept.again, name="kept"),
    path("uit/", account.out, name="out"),
    path("met/<slug:key>/", provider.there, name="provider"),
    path("met/<slug:key>/uit/", provider.leave, name="leave"),
    path("uitnodiging/<str:token>/", invitation.invitation, name="invitation"),
    path("demo/<slug:key>/", demo.demo, name="demo"),
]
