"""The questions (POST) and the answer, which may be kept: region, who and topic say nothing about a person."""

from django.urls import path, register_converter

from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import keeping, views


class RegionConverter:
    """A region's code, or NL when the region is not known."""

    regex = "AM[0-9]{2}|NL"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class WhoConverter:
    """Who asks, as the domain calls it."""

    regex = "|".join(Who)

    def to_python(self, value: str) -> Who:
        return Who(value)

    def to_url(self, value: Who) -> str:
        return value.value


class TopicConverter:
    """What about, as the domain calls it."""

    regex = "|".join(Topic)

    def to_python(self, value: str) -> Topic:
        return Topic(value)

    def to_url(self, value: Topic) -> str:
        return value.value


register_converter(RegionConverter, "region")
register_converter(WhoConverter, "who")
register_converter(TopicConverter, "topic")

app_name = "desks"
urlpatterns = [
    path("", views.start, name="start"),
    path("regios/", views.regions, name="regions"),
    path("bijhouden/", keeping.every, name="keep"),
    path("bijhouden/nieuw/", keeping.add, name="keep-add"),
    path("bijhouden/<slug:desk>/", keeping.change, name="keep-desk"),
    path("bijhouden/<slug:desk>/ongedaan/", keeping.take_back, name="keep-undo"),
    path("<region:home>/", views.who, name="who"),
    path("<region:home>/alle/", views.all_of_region, name="all"),
    path("<region:home>/<who:who>/", views.topic, name="topic"),
    path("<region:home>/<who:who>/<topic:topic>/", views.result, name="result"),
]
