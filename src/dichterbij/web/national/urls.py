"""National employers, who speaks for a region, and letters to them."""

from django.urls import path

from dichterbij.web.national.views import answers, contacts, employer, employers, lessons, mailings, own, tables, talks

app_name = "national"
urlpatterns = [
    path("", employers.start, name="start"),
    path("werkgevers/", employers.every, name="employers"),
    path("werkgevers/bestand.csv", employers.as_csv, name="employers-csv"),
    path("werkgevers/nieuw/", employers.add, name="add"),
    path("werkgevers/<uuid:employer>/", employer.one, name="employer"),
    path("werkgevers/<uuid:employer>/wijzigen/", employers.change, name="change"),
    path("werkgevers/<uuid:employer>/doen/", employer.do, name="do"),
    path("werkgevers/<uuid:employer>/vestiging/", employer.follow, name="follow"),
    path("contactpersonen/", contacts.every, name="contacts"),
    path("contactpersonen/bestand.csv", contacts.as_csv, name="contacts-csv"),
    path("contactpersonen/<str:region>/", contacts.region, name="region"),
    path("onze-contactpersonen/", own.every, name="own"),
    path("onze-contactpersonen/bestand.csv", own.as_csv, name="own-csv"),
    path("contact-met-regios/", talks.talks, name="talks"),
    path("werktafels/", tables.every, name="tables"),
    path("werktafels/bestand.csv", tables.as_csv, name="tables-csv"),
    path("werktafels/<uuid:key>/", tables.one, name="table"),
    path("lessen/", lessons.every, name="lessons"),
    path("lessen/bestand.csv", lessons.as_csv, name="lessons-csv"),
    path("lessen/nieuw/", lessons.new, name="lesson-new"),
    path("lessen/<slug:key>/", lessons.one, name="lesson"),
    path("berichten/", mailings.every, name="mailings"),
    path("berichten/nieuw/", mailings.write, name="write"),
    path("berichten/<uuid:mailing>/", mailings.one, name="mailing"),
    path("berichten/<uuid:mailing>/wijzigen/", mailings.edit, name="edit"),
    path("berichten/<uuid:mailing>/antwoorden/", answers.every, name="answers"),
    path("berichten/<uuid:mailing>/antwoorden/bestand.csv", answers.as_csv, name="answers-csv"),
    path("berichten/<uuid:mailing>/bestand.csv", mailings.as_csv, name="mailing-csv"),
]
