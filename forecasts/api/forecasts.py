"""Forecasts."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from forecasts.api import single, visible
from forecasts.api.evidence import SpecOfForecast, spec_of
from forecasts.api.fields import Instant, ModelSerializer, Probability, Quantity, shown
from forecasts.api.filters import Choice, Moment, Ordering, Reference, Truth
from forecasts.api.resolutions import SummarySerializer, standing
from forecasts.api.resources import Resource
from forecasts.api.single import ConsensusOverTime, ScoresOfForecast
from forecasts.evidence.base_rates import with_rates
from forecasts.models import Category, Forecast, Option, Verdict


class OptionSerializer(ModelSerializer):
    class Meta:
        model = Option
        fields = ("position", "label", "added_at")


class ForecastSerializer(ModelSerializer):
    scenario = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    state = serializers.ChoiceField(choices=Forecast.State.choices, read_only=True)
    statement = serializers.IntegerField(source="statement.pk", read_only=True, allow_null=True, default=None)
    article = serializers.IntegerField(source="statement.article_id", read_only=True, allow_null=True, default=None)
    is_derived = serializers.BooleanField(read_only=True, help_text="No statement says it; somebody concluded it.")
    options = OptionSerializer(many=True, read_only=True)
    range_lower = serializers.SerializerMethodField()
    range_upper = serializers.SerializerMethodField()
    quantile_levels = serializers.ListField(child=Probability(), read_only=True)
    review_every = serializers.DurationField(format="iso-8601", read_only=True)
    published_at = Instant(read_only=True)
    opens_at = Instant(read_only=True)
    closes_at = Instant(read_only=True)
    resolves_at = Instant(read_only=True, help_text="When the answer should be known.")
    spec = serializers.SerializerMethodField(help_text="What it is counted by; null where people alone decide it.")
    resolution = serializers.SerializerMethodField(help_text="What came of it; null until it is resolved.")

    class Meta:
        model = Forecast
        fields = (
            "id",
            "scenario",
            "key",
            "state",
            "category",
            "kind",
            "title",
            "criteria",
            "fine_print",
            "background",
            "statement",
            "article",
            "fidelity",
            "is_derived",
            "options",
            "options_are_ordered",
            "unit",
            "range_lower",
            "range_upper",
            "lower_is_open",
            "upper_is_open",
            "range_scale",
            "quantile_levels",
            "situation",
            "resolution_source",
            "resolution_source_url",
            "resolution_source_lag",
            "fallback_source",
            "time_zone",
            "published_at",
            "opens_at",
            "closes_at",
            "resolves_at",
            "review_every",
            "version",
            "is_imported",
            "spec",
            "resolution",
        )

    @extend_schema_field(Quantity(allow_null=True))
    def get_range_lower(self, forecast: Forecast) -> float | str | None:
        return None if forecast.range_lower is None else shown(forecast, forecast.range_lower)

    @extend_schema_field(Quantity(allow_null=True))
    def get_range_upper(self, forecast: Forecast) -> float | str | None:
        return None if forecast.range_upper is None else shown(forecast, forecast.range_upper)

    @extend_schema_field(SpecOfForecast(allow_null=True))
    def get_spec(self, forecast: Forecast) -> Any:
        spec = spec_of(forecast)
        return None if spec is None else SpecOfForecast(spec).data

    @extend_schema_field(SummarySerializer(allow_null=True))
    def get_resolution(self, forecast: Forecast) -> Any:
        verdict = standing(forecast.verdicts.all(), self.context["at"])
        context = {**self.context, "forecast": forecast}
        return None if verdict is None else SummarySerializer(verdict, context=context).data


class ForecastFilters(django_filters.FilterSet):
    scenario = Reference(visible.scenarios, "slug")
    category = Choice(Category.choices)
    kind = Choice(Forecast.Kind.choices)
    state = Choice(Forecast.State.choices)
    article = Reference(visible.articles, field_name="statement__article")
    source = Reference(visible.sources, field_name="statement__article__source")
    statement = Reference(visible.statements)
    derived = Truth(field_name="statement", lookup_expr="isnull")
    since = Moment(field_name="closes_at", lookup_expr="gte")
    until = Moment(field_name="closes_at", lookup_expr="lt")
    ordering = Ordering("published_at", "opens_at", "closes_at", "resolves_at")


class ForecastView(Resource):
    """Questions with criteria and dates. Drafts stay in the admin."""

    error_statuses = {"GET": ("403",)}

    serializer_class = ForecastSerializer
    filterset_class = ForecastFilters

    def get_queryset(self) -> QuerySet[Any]:
        return (
            Forecast.objects.visible_to(self.reader)
            .with_state(self.at)
            .select_related("scenario")
            .prefetch_related(
                "options",
                Prefetch("specs", with_rates(self.at), to_attr="specs_in_force"),
                Prefetch("statement", visible.statements(self.reader).only("pk", "article_id")),
                Prefetch("verdicts", Verdict.objects.judged(self.at).select_related("option")),
            )
            .order_by("closes_at", "pk")
        )

    @extend_schema(responses=ConsensusOverTime, filters=False)
    @action(detail=True, pagination_class=None)
    def consensus(self, request: Request, pk: str) -> Response:
        """What the estimates in force added up to, at every change."""
        return Response(single.consensus(self.get_object(), self.reader, self.at).model_dump(mode="json"))

    @extend_schema(responses=ScoresOfForecast, filters=False)
    @action(detail=True, pagination_class=None)
    def scores(self, request: Request, pk: str) -> Response:
        """How each forecaster did on this forecast, once it is resolved."""
        return Response(single.scores(self.get_object(), self.reader, self.at).model_dump(mode="json"))
