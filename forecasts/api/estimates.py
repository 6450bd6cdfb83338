"""Estimates: read those that one may see, and record one's own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.api import idempotency, visible
from forecasts.api.fields import (
    ModelSerializer,
    Number,
    Probability,
    Quantity,
    StrictSerializer,
    Text,
    Whole,
    number,
    shown,
)
from forecasts.api.filters import Choice, Moment, Ordering, Reference, Truth
from forecasts.api.resources import Resource
from forecasts.models import Category, Estimate, Forecast, Forecaster, Scope
from forecasts.rules import access, values, wording
from forecasts.rules.errors import InvalidValue, NotAllowed
from forecasts.rules.values import RATIONALE_LENGTH, Value
from forecasts.rules.wording import SPOKEN


class ForecasterSerializer(ModelSerializer):
    class Meta:
        model = Forecaster
        fields = ("id", "kind", "name")


class EstimateSerializer(ModelSerializer):
    forecaster = ForecasterSerializer(read_only=True)
    probability = Probability(read_only=True, allow_null=True)
    probabilities = serializers.ListField(
        child=Probability(), read_only=True, allow_null=True, help_text="Of each option, by position."
    )
    options = serializers.SerializerMethodField(
        help_text="What the probabilities are of: the options that there were when it was made."
    )
    quantiles = serializers.SerializerMethodField(help_text="At the forecast's levels; dates of a date forecast.")
    warnings = serializers.SerializerMethodField(help_text="Where its likelihood word and its number disagree.")

    class Meta:
        model = Estimate
        fields = (
            "id",
            "forecast",
            "forecaster",
            "event",
            "made_at",
            "recorded_at",
            "probability",
            "probabilities",
            "options",
            "quantiles",
            "word",
            "word_scale",
            "word_scale_edition",
            "warnings",
            "rationale",
            "channel",
            "criteria_version",
            "is_demo",
        )

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), allow_null=True))
    def get_options(self, estimate: Estimate) -> list[str] | None:
        said = estimate.probabilities
        return None if said is None else [option.label for option in estimate.forecast.options.all()[: len(said)]]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, estimate: Estimate) -> list[str]:
        found = wording.warning(estimate)
        return [found] if found else []

    @extend_schema_field(serializers.ListField(child=Quantity(), allow_null=True))
    def get_quantiles(self, estimate: Estimate) -> list[float | str] | None:
        numbers = estimate.quantiles
        return None if numbers is None else [shown(estimate.forecast, quantile) for quantile in numbers]


class NewEstimateSerializer(StrictSerializer):
    """An answer to one forecast. An update holds the one of the three values that the forecast's kind asks for."""

    forecast = Whole(min_value=1, help_text="Its id.")
    event = serializers.ChoiceField(choices=Estimate.Event.choices, default=Estimate.Event.UPDATE)
    probability = Probability(required=False, help_text="That a binary forecast comes true: 0.0001 to 0.9999.")
    probabilities = serializers.ListField(
        child=Number(min_value=0, max_value=1), required=False, help_text="Of each option, by position; sum 1."
    )
    quantiles = serializers.ListField(
        child=Quantity(), required=False, help_text="At the forecast's levels, rising; dates for a date forecast."
    )
    word = Text(
        required=False,
        max_length=40,
        help_text="A likelihood word such as “likely”, of a binary forecast. Without a probability its middle is used.",
    )
    word_scale = serializers.ChoiceField(
        choices=list(SPOKEN.items()), required=False, help_text="The scale of the word; icd_203 where none is named."
    )
    word_scale_edition = Text(required=False, max_length=20, help_text="Of the scale; the current one by default.")
    rationale = Text(required=False, default="", allow_blank=True, max_length=RATIONALE_LENGTH)


class EstimateFilters(django_filters.FilterSet):
    forecast = Reference(visible.forecasts)
    scenario = Reference(visible.scenarios, "slug", field_name="forecast__scenario")
    category = Choice(Category.choices, field_name="forecast__category")
    kind = Choice(Forecast.Kind.choices, field_name="forecast__kind")
    article = Reference(visible.articles, field_name="forecast__statement__article")
    source = Reference(visible.sources, field_name="forecast__statement__article__source")
    analyst = Reference(visible.analysts, field_name="forecaster")
    event = Choice(Estimate.Event.choices)
    channel = Choice(Estimate.Channel.choices)
    in_force = Truth(method="is_in_force")
    since = Moment(field_name="made_at", lookup_expr="gte")
    until = Moment(field_name="made_at", lookup_expr="lt")
    ordering = Ordering("made_at", "recorded_at")

    def is_in_force(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001
        request: Any = self.request
        in_force = Estimate.objects.in_force(request.parser_context["view"].at).values("pk")
        return found.filter(pk__in=in_force) if value else found.exclude(pk__in=in_force)


class EstimateView(Resource):
    """What forecasters answered. In a blind scenario those of others show after one's own first."""

    serializer_class = EstimateSerializer
    filterset_class = EstimateFilters
    error_statuses = {"POST": ("403", "404", "409", "413", "415")}
    writing = Scope.ESTIMATE

    def get_queryset(self) -> QuerySet[Estimate]:
        return (
            Estimate.objects.visible_to(self.reader)
            .select_related("forecast", "forecaster__user")
            .prefetch_related("forecast__options")
            .order_by("-made_at", "-pk")
        )

    @extend_schema(
        request=NewEstimateSerializer,
        responses={201: EstimateSerializer},
        parameters=[idempotency.PARAMETER],
    )
    def create(self, request: Request) -> HttpResponse:
        """Record an estimate of one's own, now."""
        body = NewEstimateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        key = idempotency.key_of(request)
        return idempotency.once(self.reader, key, request.data, lambda: self._record(body.validated_data), at=self.at)

    def _record(self, given: dict[str, Any]) -> dict[str, Any]:
        forecast = get_object_or_404(
            Forecast.objects.visible_to(self.reader).published(self.at).select_related("scenario"),
            pk=given["forecast"],
        )
        if not access.may_estimate(self.reader, forecast):
            raise NotAllowed("You may see this forecast, but estimating is for members of its scenario.")
        answer = _in_a_word(forecast, given)
        estimate = estimating.record(forecast, self.reader, answer, at=self.at, channel=Estimate.Channel.API)
        return {**EstimateSerializer(estimate).data, "warnings": wording.warnings(estimate)}


def _in_a_word(forecast: Forecast, given: dict[str, Any]) -> Answer:
    """The answer, with its likelihood word if it has one. Without a probability the middle of its band counts."""
    answer = Answer(Estimate.Event(given["event"]), rationale=given["rationale"])
    if not given.get("word"):
        for field in ("word_scale", "word_scale_edition"):
            if given.get(field):
                raise InvalidValue(field, "A scale goes with a word.")
        return replace(answer, value=value(forecast, given))
    if answer.event != Estimate.Event.UPDATE:
        raise InvalidValue("word", "Only an update holds a word.")
    wording.check_kind(forecast)
    said = wording.worded(given["word"], given.get("word_scale_edition", ""), given.get("word_scale", "icd_203"))
    number = value(forecast, given) if "probability" in given else said.value
    return replace(answer, value=number, word=said.term, word_scale=said.scale, word_scale_edition=said.edition)


def value(forecast: Forecast, given: Mapping[str, Any]) -> Value | None:
    """The value of an answer, of the forecast's kind. Raises InvalidValue naming the field."""
    wanted = forecast.asks.column
    for field in values.MAKERS:
        if field in given and given["event"] != Estimate.Event.UPDATE:
            raise InvalidValue(field, "Only an update holds a value.")
        if field in given and field != wanted:
            raise InvalidValue(field, f"This forecast is answered with {wanted}.")
    if given["event"] != Estimate.Event.UPDATE:
        return None
    if wanted not in given:
        raise InvalidValue(wanted, f"This forecast is answered with {wanted}.")
    said = given[wanted] if isinstance(given[wanted], list) else [given[wanted]]
    return values.of(forecast, [number(forecast, one, wanted) for one in said])
