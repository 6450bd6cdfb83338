"""Feeds, their vintages, the specs of forecasts, and what was counted."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from forecasts.api import visible
from forecasts.api.fields import Instant, ModelSerializer
from forecasts.api.filters import Choice, Moment, Ordering, Reference, Truth, refuse_unknown
from forecasts.api.resources import PrivateView, Resource
from forecasts.evidence.base_rates import Rate, rate_of
from forecasts.evidence.feeds import feeds
from forecasts.evidence.specs import told
from forecasts.models import Count, Forecast, Spec, Vintage

FEEDS = [(name, feed.title) for name, feed in feeds().items()]


class FeedSerializer(serializers.Serializer[Any]):
    """A kind of data file that forecasts can be counted by."""

    name = serializers.CharField()
    title = serializers.CharField()
    url = serializers.URLField(source="home")
    credit = serializers.CharField()
    licence = serializers.CharField()
    licence_url = serializers.URLField()
    lag_days = serializers.IntegerField(help_text="How long after the fact a window is held to be complete.")
    look_back = serializers.CharField()
    versions = serializers.CharField()
    filters = serializers.ListField(child=serializers.CharField(), help_text="The keys of `where` in a spec.")
    measures = serializers.ListField(child=serializers.CharField(), source="measure_names")
    is_tried = serializers.BooleanField(source="tried", help_text="Whether it was tried on a real file.")


class FeedView(PrivateView):
    """The feeds that forecasts can be counted by."""

    @extend_schema(responses=FeedSerializer(many=True))
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ())
        return Response(FeedSerializer(list(feeds().values()), many=True).data)


class VintageSerializer(ModelSerializer):
    retrieved_at = Instant(read_only=True)
    recorded_at = Instant(read_only=True)
    warnings = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Vintage
        fields = (
            "id", "feed", "version", "retrieved_at", "recorded_at", "covers_from", "covers_to", "rows", "sha256",
            "warnings",
        )  # fmt: skip


class VintageFilters(django_filters.FilterSet):
    feed = Choice(FEEDS)
    since = Moment(field_name="retrieved_at", lookup_expr="gte")
    until = Moment(field_name="retrieved_at", lookup_expr="lt")
    ordering = Ordering("retrieved_at")


class VintageView(Resource):
    """Files of feeds as they were retrieved. What they hold is the source's to give."""

    serializer_class = VintageSerializer
    filterset_class = VintageFilters

    def get_queryset(self) -> QuerySet[Any]:
        return Vintage.objects.visible_to(self.reader).known(self.at)


class SpecSerializer(ModelSerializer):
    made_at = Instant(read_only=True)
    body = serializers.DictField(read_only=True, help_text="As `manage.py count` reads it.")
    words = serializers.SerializerMethodField(help_text="The same in words.")

    class Meta:
        model = Spec
        fields = (
            "id", "forecast", "number", "feed", "body", "words", "first_day", "last_day", "criteria_version", "made_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_words(self, spec: Spec) -> str | None:
        return told(spec) if spec.feed else None


class SpecFilters(django_filters.FilterSet):
    forecast = Reference(visible.forecasts)
    feed = Choice(FEEDS)


class SpecView(Resource):
    """What a feed must show for each outcome of a forecast; a forecast's later spec takes the place of the earlier."""

    serializer_class = SpecSerializer
    filterset_class = SpecFilters

    def get_queryset(self) -> QuerySet[Any]:
        return Spec.objects.visible_to(self.reader).filter(made_at__lte=self.at).order_by("forecast_id", "number")


class NeighbourSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    figure = serializers.JSONField(help_text="A number, or an object of all measures.")
    events = serializers.IntegerField()
    outcome = serializers.JSONField(allow_null=True)


class CountSerializer(ModelSerializer):
    forecast = serializers.IntegerField(source="spec.forecast_id", read_only=True)
    made_at = Instant(read_only=True)
    sums = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    outcome = serializers.JSONField(read_only=True, allow_null=True, help_text="As `manage.py count` prints it.")
    neighbours = NeighbourSerializer(many=True, read_only=True)
    curve = serializers.ListField(
        child=serializers.ListField(child=serializers.JSONField()), read_only=True, help_text="Day and sum so far."
    )

    class Meta:
        model = Count
        fields = (
            "id", "forecast", "spec", "vintage", "made_at", "figure", "sums", "events", "outcome", "reason",
            "is_complete", "neighbours", "agreeing", "curve", "rows_sha256",
        )  # fmt: skip


class CountFilters(django_filters.FilterSet):
    forecast = Reference(visible.forecasts, field_name="spec__forecast")
    vintage = Reference(visible.vintages)
    complete = Truth(field_name="is_complete")
    as_of = Moment(field_name="vintage__retrieved_at", lookup_expr="lte", method="known")

    def known(self, queryset: QuerySet[Any], name: str, moment: Any) -> QuerySet[Any]:
        """Of each forecast only the newest by then: what the source said at the time."""
        return queryset.filter(vintage__retrieved_at__lte=moment).distinct("spec__forecast_id")


class CountView(Resource):
    """Specs as they were counted on vintages, the newest of each forecast first.

    Where two people are to answer a closed forecast nothing is shown until both have.
    """

    serializer_class = CountSerializer
    filterset_class = CountFilters

    def get_queryset(self) -> QuerySet[Any]:
        return Count.objects.visible_to(self.reader, self.at).known(self.at).select_related("spec")


class BaseRateSerializer(serializers.Serializer[Any]):
    """In how many past windows like its own the spec held; null shares where there are too few."""

    held = serializers.IntegerField()
    of = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    interval = serializers.ListField(child=serializers.FloatField(), allow_null=True, help_text="Jeffreys, 95%.")
    reason = serializers.CharField(allow_null=True)
    version = serializers.CharField(help_text="Of the vintage.")
    windows = serializers.ListField(child=serializers.DictField(), help_text="The oldest first.")


class SpecOfForecast(serializers.Serializer[Any]):
    """What the forecast is counted by, and how often that held before it opened."""

    id = serializers.IntegerField()
    body = serializers.DictField()
    words = serializers.CharField()
    base_rate = BaseRateSerializer(allow_null=True)


def spec_of(forecast: Forecast) -> dict[str, Any] | None:
    """The spec in force with its base rate; null where nothing counts it."""
    kept = next(iter(forecast.specs_in_force), None)  # type: ignore[attr-defined]
    if kept is None:
        return None
    rate = rate_of(kept, forecast.opens_at)
    return {"id": kept.pk, "body": kept.body, "words": told(kept), "base_rate": rate and _shown(rate)}


def _shown(rate: Rate) -> dict[str, Any]:
    share = rate.share()
    windows = [{"from": one.first, "to": one.last, "figure": one.figure, "outcome": one.answer} for one in rate.bars]
    return {
        "held": share.held,
        "of": share.of,
        "share": share.share,
        "interval": list(share.interval) if share.interval else None,
        "reason": share.reason or None,
        "version": rate.vintage.version,
        "windows": windows,
    }
