"""What one forecaster's mean score is made of."""

from dataclasses import asdict
from typing import Any

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
from forecasts.scores.statistics import Cost, Gain

OF_ATTRIBUTIONS = ("analyst", "scenario", "category", "source", "since", "until")
SHOWN = 100
"""So many forecasts and updates at most: the costliest of each."""


class WhatCostMost(BaseModel):
    """Of the last estimates on yes-or-no forecasts: the mean Brier score, and what it is made of, costliest first."""

    forecaster: int
    mean: float | None
    forecasts: list[Cost]
    updates: list[Gain]
    notes: list[str]


class AttributionView(PrivateView):
    """Which forecasts and which single updates cost one forecaster most."""

    @extend_schema(responses=WhatCostMost, parameters=parameters(OF_ATTRIBUTIONS, required=("analyst",)))
    def get(self, request: Request) -> Response:
        refuse_unknown(request, OF_ATTRIBUTIONS)
        query = request.query_params.dict()
        if "analyst" not in query:
            raise Refused({"analyst": [problem("required", "Give the id of a forecaster.")]})
        filters, _ = questions.read(query)
        found = statistics.attributed(self.reader, int(query["analyst"]), self.at, filters)
        told: dict[str, Any] = asdict(found)
        told |= {"forecasts": told["forecasts"][:SHOWN], "updates": told["updates"][:SHOWN]}
        notes = [] if found.forecasts else ["No yes-or-no forecast of theirs is scored here yet."]
        return Response({**told, "notes": notes})
