"""Route advice, the text checker and the page for a boss."""

from django.urls import path

from dichterbij.web.advice.views import routes

app_name = "advice"
urlpatterns = [
    path("route/", routes.questions, name="route"),
    path("route/advies/", routes.result, name="result"),
]
