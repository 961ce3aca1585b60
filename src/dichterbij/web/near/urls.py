from django.urls import path

from dichterbij.web.near.views import answers, keep, listing, opening, places, questions, say, send, side, start

app_name = "near"
urlpatterns = [
    path("", start.start, name="start"),
    path("plaats/", start.place, name="place"),
    path("lijst/", listing.listing, name="list"),
    path("lijst/filter/", listing.filter_list, name="filter"),
    path("lijst/proberen/", listing.try_out, name="try"),
    path("lijst/terug/", listing.take_back, name="undo"),
    path("lijst/in/<str:pc4s>/", listing.area, name="area"),
    path("lijst/<slug:block>/", listing.block, name="block"),
    path("plaatsen/", places.table, name="places"),
    path("routes/", side.side, name="side"),
    path("vragen/", questions.overview, name="questions"),
    path("vragen/werk/", questions.work, name="work"),
    path("vragen/kunnen/", questions.skills, name="skills"),
    path("vragen/<slug:group>/", questions.group, name="group"),
    path("zoek/", questions.suggest, name="suggest"),
    path("vacature/<str:opening_id>/", opening.opening, name="opening"),
    path("vacature/<str:opening_id>/wie-betaalt/", opening.background, name="background"),
    path("mail/", send.mail_list, name="mail-list"),
    path("mail/<str:opening_id>/", send.mail_opening, name="mail-opening"),
    path("bewaren/", keep.keep, name="keep"),
    path("meegenomen/", keep.brought, name="brought"),
    path("meegenomen/bekijken/", keep.brought_shown, name="brought-shown"),
    path("wat-zeg-ik/", say.what_to_say, name="what-to-say"),
    path("wissen/", answers.wipe, name="wipe"),
    path("gewist/", answers.wiped, name="wiped"),
]
