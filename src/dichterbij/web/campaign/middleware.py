"""Counts the steps of a visit that came by a campaign link, by the name of the page that was shown."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from dichterbij.domains.outreach.rules import Step
from dichterbij.web.campaign.counting import take_step
from dichterbij.web.campaign.visit import visit_of

STEP_OF_PAGE: Mapping[str, Step] = {
    "near:list": Step.NEAR,
    "near:opening": Step.BRIDGE,
    "desks:result": Step.DESK,
    "desks:all": Step.DESK,
    "regions:region": Step.DESK,
    "handover:own": Step.HANDED_OVER,
    "placing:message": Step.MESSAGE,
}


class CampaignSteps:
    """After the page is made: adds one to its step, once a visit. Visits without a campaign link cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        step = _step(request, response)
        visit = visit_of(request) if step else None
        if step and visit:
            take_step(request, response, visit, step)
        return response


def _step(request: HttpRequest, response: HttpResponse) -> Step | None:
    match = request.resolver_match
    if match is None or request.method != "GET" or response.status_code != 200:
        return None
    return STEP_OF_PAGE.get(match.view_name)
