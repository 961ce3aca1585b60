"""Route advice, the text checker and the page for a boss."""

from django.urls import path

from dichterbij.web.advice.views import boss, routes, texts

app_name = "advice"
urlpatterns = [
    path("route/", routes.questions, name="route"),
    path("route/advies/", routes.result, name="result"),
    path("tekst/", texts.text, name="text"),
    path("tekst/download/", texts.download, name="text_download"),
    path("voor-mijn-baas/", boss.boss, name="boss"),
    path("voor-mijn-baas/pdf/", boss.boss_pdf, name="boss_pdf"),
]
