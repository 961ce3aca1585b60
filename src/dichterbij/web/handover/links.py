"""The links on posters of finding places, short and without a language: the browser's is taken."""

from django.urls import path

from dichterbij.web.handover.views import place

app_name = "handover_links"
urlpatterns = [path("<str:code>/", place.come, name="come")]
