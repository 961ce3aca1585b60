"""Schemes: all of them, one, what one would get, asking for it, and the files."""

from django.urls import path

from dichterbij.web.schemes.views import (
    apply,
    calculator,
    catalogue,
    data,
    draws,
    history,
    officer_aid,
    officer_case,
    officer_check,
    officer_objection,
    officer_pay,
    officer_work,
    own,
)

app_name = "schemes"
urlpatterns = [
    path("", catalogue.catalogue, name="all"),
    path("regelingen.csv", data.table, name="table"),
    path("regelingen.json", data.index, name="index"),
    path("mijn/", own.mine, name="mine"),
    path("aanvraag/<uuid:key>/", own.application, name="application"),
    path("aanvraag/<uuid:key>/brief/<int:letter>.pdf", own.letter, name="own-letter"),
    path("aanvraag/<uuid:key>/nog-een/", own.again, name="again"),
    path("werk/", officer_work.work, name="work"),
    path("werk/goedkeuren/", officer_work.approve, name="approve"),
    path("werk/ophalen/", officer_work.take_in, name="take-in"),
    path("werk/zaak/<uuid:case>/", officer_case.case, name="case"),
    path("werk/zaak/<uuid:case>/brief/<int:letter>.pdf", officer_case.letter, name="letter"),
    path("werk/zaak/<uuid:case>/document/<int:document>/", officer_case.document, name="document"),
    path("werk/zaak/<uuid:case>/bezwaar/", officer_objection.objections, name="objections"),
    path("werk/zaak/<uuid:case>/steun/", officer_aid.aid, name="aid"),
    path("werk/controles/", officer_check.checks, name="checks"),
    path("werk/controles/<int:sample>/", officer_check.sample, name="sample"),
    path("werk/betalen/", officer_pay.payments, name="payments"),
    path("werk/betalen/<uuid:file>/", officer_pay.file, name="payment-file"),
    path("werk/betalen/<uuid:file>.xml", officer_pay.xml, name="payment-xml"),
    path("<slug:slug>/", catalogue.scheme, name="scheme"),
    path("<slug:slug>/volgorde/", draws.draws, name="draws"),
    path("<slug:slug>/besluiten/", history.newest, name="history"),
    path("<slug:slug>/besluiten/<slug:round>/", history.of_round, name="history-round"),
    path("<slug:slug>/besluiten/<slug:round>/besluiten.csv", history.table, name="history-table"),
    path("<slug:slug>/berekenen/", calculator.calculator, name="calculator"),
    path("<slug:slug>/aanvragen/", apply.apply, name="apply"),
    path("<slug:slug>/aanvragen/uit-berekening/", own.from_calculator, name="from-calculator"),
    path("<slug:slug>/aanvragen/uit-bericht/", own.from_message, name="from-message"),
    path("<slug:slug>/<str:day>.yaml", data.version, name="version"),
]
