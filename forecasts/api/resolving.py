"""What a program sends when its person says what came of a forecast."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding, Proof
from forecasts.api.fields import Instant, Quantity, StrictSerializer, Text, Whole, number
from forecasts.models import Forecast, User, Verdict
from forecasts.rules.errors import InvalidValue

MOST_PIECES = 20
LONGEST = 10_000


class NewEvidenceSerializer(StrictSerializer):
    """An address, a quote, or both."""

    url = serializers.URLField(required=False, default="", allow_blank=True, max_length=1000)
    quote = Text(required=False, default="", allow_blank=True, max_length=LONGEST)
    as_of = Instant(required=False, allow_null=True, default=None)


class NewResolutionSerializer(StrictSerializer):
    """One person's word on a forecast, as the form at the desk takes it."""

    forecast = Whole(min_value=1, help_text="Its id.")
    outcome = serializers.ChoiceField(choices=Verdict.Outcome.choices)
    option = Text(required=False, default="", max_length=200, help_text="Its label, where the outcome is one.")
    value = Quantity(required=False, help_text="What came true of a numeric or date forecast.")
    known_at = Instant(required=False, allow_null=True, default=None, help_text="When the public could know it.")
    occurred_at = Instant(required=False, allow_null=True, default=None)
    annulled_because = serializers.ChoiceField(choices=Verdict.Defect.choices, required=False, default="")
    note = Text(required=False, default="", allow_blank=True, max_length=LONGEST)
    evidence = serializers.ListField(
        child=NewEvidenceSerializer(), required=False, default=list, max_length=MOST_PIECES
    )


def record(given: Mapping[str, Any], person: User, at: datetime) -> Verdict:
    """The word of a second person where one waits for it, else a first. Raises what these raise, and Http404."""
    visible = Forecast.objects.visible_to(person).published(at).select_related("scenario")
    forecast = get_object_or_404(visible, pk=given["forecast"])
    found = finding(forecast, given)
    waiting = resolving.awaiting_confirmation(forecast)
    if waiting is not None and waiting.person_id != person.pk:
        return resolving.second(forecast, person, found, at=at)
    return resolving.resolve(forecast, person, found, at=at)


def finding(forecast: Forecast, given: Mapping[str, Any]) -> Finding:
    option = forecast.options.filter(label=given["option"]).first() if given["option"] else None
    if given["option"] and option is None:
        raise InvalidValue("option", "This forecast has no such option.")
    same = {name: given[name] for name in ("known_at", "occurred_at", "annulled_because", "note")}
    return Finding(
        Verdict.Outcome(given["outcome"]),
        option=option,
        value=number(forecast, given["value"], "value") if "value" in given else None,
        evidence=[Proof(url=one["url"], quote=one["quote"], as_of=one["as_of"]) for one in given["evidence"]],
        **same,
    )
