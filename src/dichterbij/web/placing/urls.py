"""Placing an opening, page by page, and who is within reach of it."""

from django.urls import path

from dichterbij.web.placing.views import check, contact, message, mine, reach, start, work

app_name = "placing"
urlpatterns = [
    path("plaatsen/", start.start, name="place"),
    path("plaatsen/beroep/", start.occupation, name="occupation"),
    path("plaatsen/werk/", work.work, name="work"),
    path("plaatsen/contact/", contact.contact, name="contact"),
    path("plaatsen/controle/", check.check, name="check"),
    path("plaatsen/wissen/", start.wipe, name="wipe"),
    path("plaatsen/bericht/<str:token>/", message.message, name="message"),
    path("plaatsen/bericht/<str:token>/intrekken/", message.withdraw, name="withdraw"),
    path("berichten/", mine.listing, name="mine"),
    path("berichten/<str:reference>/", mine.one, name="mine-one"),
    path("berichten/<str:reference>/intrekken/", mine.withdraw, name="mine-withdraw"),
    path("bereik/", reach.reach, name="reach"),
    path("bereik/plaatsen/", reach.take, name="take"),
]
