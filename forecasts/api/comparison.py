"""Two forecasters on the same forecasts: no league table, a paired difference."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from forecasts.api import questions
from forecasts.api.errors import Refused, problem
from forecasts.api.filters import refuse_unknown
from forecasts.api.questions import parameters
from forecasts.api.resources import PrivateView
from forecasts.scores import statistics
from forecasts.scores.statistics import Comparison, Score
from forecasts.scores.statistics.comparing import Difference
from forecasts.scoring.uncertainty import too_few_to_judge

COMPARED = ("first", "second")
OF_COMPARISONS = (*COMPARED, "scenario", "category", "source", "since", "until", "estimand")


class PairedDifference(BaseModel):
    """First minus second, over the forecasts that both answered; below 0 the first did better."""

    first: int
    second: int
    estimand: str
    forecasts: int
    brier: Score | None
    log: Score | None
    multiple_choice: list[Difference]
    quantiles: list[Difference]
    notes: list[str]


class ComparisonView(PrivateView):
    """Two forecasters on the forecasts that both answered: no league table, a paired difference."""

    @extend_schema(responses=PairedDifference, parameters=parameters(OF_COMPARISONS, required=COMPARED))
    def get(self, request: Request) -> Response:
        refuse_unknown(request, OF_COMPARISONS)
        query = request.query_params.dict()
        if missing := [name for name in COMPARED if name not in query]:
            raise Refused({name: [problem("required", "Give the id of a forecaster.")] for name in missing})
        filters, estimand = questions.read(query)
        first, second = (int(query[name]) for name in COMPARED)
        found = statistics.compare(self.reader, first, second, filters, estimand)
        if first == second:
            raise Refused({"second": [problem("invalid_choice", "Give two different forecasters.")]})
        return Response({**asdict(found), "notes": notes(found)})


def notes(found: Comparison) -> list[str]:
    """Why something is null."""
    if not found.forecasts:
        return [f"No yes-or-no forecast is scored on which both have an estimate under “{found.estimand}”."]
    if found.brier is not None and found.brier.ci95 is None:
        few = too_few_to_judge(found.forecasts, found.brier.situations, found.brier.effective_n)
        scored = f"{found.forecasts:,} scored forecast{'' if found.forecasts == 1 else 's'}"
        return [f"No interval: both answered {scored}, {few}."]
    return []
