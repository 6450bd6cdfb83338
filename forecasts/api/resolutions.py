"""What came of forecasts: the resolution that stands, its evidence, and every verdict on the way there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

import django_filters
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from forecasts.api import idempotency, resolving, visible
from forecasts.api.fields import ModelSerializer, Quantity, shown
from forecasts.api.filters import Choice, Ordering, Reference
from forecasts.api.resources import Resource
from forecasts.models import Category, Evidence, Forecast, Scope, Verdict


def standing(verdicts: Iterable[Any], at: datetime) -> Verdict | None:
    """The resolution of a forecast out of its judged verdicts: the newest in effect, else the newest complete one."""
    complete = (verdict for verdict in verdicts if verdict.is_complete)
    return max(complete, key=lambda verdict: (in_effect(verdict, at), verdict.round), default=None)


def in_effect(verdict: Verdict, at: datetime) -> bool:
    return verdict.takes_effect_at is not None and verdict.takes_effect_at <= at


class OutcomeSerializer(ModelSerializer):
    """What a verdict says. `forecast` comes from the parent, so that none is read again for its kind."""

    option = serializers.SlugRelatedField[Any](slug_field="label", read_only=True, allow_null=True)
    value = serializers.SerializerMethodField(
        "outcome_value", help_text="What came true of a numeric or date forecast."
    )

    class Meta:
        model = Verdict
        fields: tuple[str, ...] = (
            "outcome",
            "option",
            "value",
            "occurred_at",
            "known_at",
            "recorded_at",
            "takes_effect_at",
            "annulled_because",
        )

    @extend_schema_field(Quantity(allow_null=True))
    def outcome_value(self, verdict: Verdict) -> float | str | None:
        return None if verdict.value is None else shown(self.context["forecast"], verdict.value)


class SummarySerializer(OutcomeSerializer):
    """The resolution as a forecast shows it."""

    in_effect = serializers.SerializerMethodField(help_text="Whether its cooling-off is over.")

    class Meta(OutcomeSerializer.Meta):
        fields = (*OutcomeSerializer.Meta.fields, "in_effect")

    def get_in_effect(self, verdict: Verdict) -> bool:
        return in_effect(verdict, self.context["at"])


class EvidenceSerializer(ModelSerializer):
    file = serializers.SerializerMethodField(
        help_text="Where the kept file is, for whoever is logged in and may see the forecast; null where none is kept."
    )

    class Meta:
        model = Evidence
        fields = ("url", "quote", "retrieved_at", "as_of", "file", "sha256")

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_file(self, piece: Evidence) -> str | None:
        if not piece.file:
            return None
        return str(self.context["request"].build_absolute_uri(reverse("evidence", args=[piece.pk])))


class VerdictSerializer(OutcomeSerializer):
    """One person's act."""

    person = serializers.StringRelatedField[Any](read_only=True, allow_null=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    class Meta(OutcomeSerializer.Meta):
        fields = ("round", "act", "person", *OutcomeSerializer.Meta.fields, "note", "is_imported", "evidence")


class ResolutionSerializer(SummarySerializer):
    """The resolution that stands. Its evidence is that of all verdicts of its round."""

    forecast = serializers.IntegerField(source="forecast_id", read_only=True)
    scenario = serializers.CharField(source="forecast.scenario.slug", read_only=True)
    title = serializers.CharField(source="forecast.title", read_only=True)
    note = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()
    verdicts = serializers.SerializerMethodField()

    class Meta(SummarySerializer.Meta):
        fields = ("forecast", "scenario", "title", *SummarySerializer.Meta.fields, "note", "evidence", "verdicts")

    def to_representation(self, instance: Forecast) -> dict[str, Any]:
        """Of a forecast that is resolved: rows of the list are forecasts."""
        cast("dict[str, Any]", self.context)["forecast"] = instance
        return dict(super().to_representation(standing(instance.verdicts.all(), self.context["at"])))

    def get_note(self, verdict: Verdict) -> str:
        return "\n\n".join(one.note for one in self._of_round(verdict) if one.note)

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, verdict: Verdict) -> Any:
        found = [proof for one in self._of_round(verdict) for proof in one.evidence.all()]
        return EvidenceSerializer(found, many=True, context=self.context).data

    @extend_schema_field(VerdictSerializer(many=True))
    def get_verdicts(self, verdict: Verdict) -> Any:
        return VerdictSerializer(self.context["forecast"].verdicts.all(), many=True, context=self.context).data

    def _of_round(self, verdict: Verdict) -> list[Verdict]:
        return [one for one in self.context["forecast"].verdicts.all() if one.round == verdict.round]


class ResolutionFilters(django_filters.FilterSet):
    forecast = Reference(visible.forecasts, field_name="pk", method="is_forecast")
    scenario = Reference(visible.scenarios, "slug")
    category = Choice(Category.choices)
    kind = Choice(Forecast.Kind.choices)
    article = Reference(visible.articles, field_name="statement__article")
    source = Reference(visible.sources, field_name="statement__article__source")
    ordering = Ordering("closes_at", "resolves_at")

    def is_forecast(self, found: QuerySet[Forecast], name: str, value: Forecast) -> QuerySet[Forecast]:
        return found.filter(pk=value.pk)


class ResolutionView(Resource):
    """What came of each resolved forecast. The id is the forecast's."""

    serializer_class = ResolutionSerializer
    filterset_class = ResolutionFilters
    error_statuses = {"POST": ("403", "404", "409", "413", "415")}
    writing = Scope.RESOLVE

    @extend_schema(
        request=resolving.NewResolutionSerializer,
        responses={201: VerdictSerializer},
        parameters=[idempotency.PARAMETER],
    )
    def create(self, request: Request) -> HttpResponse:
        """Say what came of a forecast, as whoever resolves it: a first word, or the second where one waits for it."""
        body = resolving.NewResolutionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        key = idempotency.key_of(request)
        return idempotency.once(self.reader, key, request.data, lambda: self._record(body.validated_data), at=self.at)

    def _record(self, given: dict[str, Any]) -> dict[str, Any]:
        verdict = resolving.record(given, self.reader, self.at)
        context = {**self.get_serializer_context(), "forecast": verdict.forecast, "at": self.at}
        return dict(VerdictSerializer(verdict, context=context).data)

    def get_queryset(self) -> QuerySet[Forecast]:
        verdicts = Verdict.objects.told_to(self.reader).judged(self.at).select_related("option", "person")
        return (
            Forecast.objects.visible_to(self.reader)
            .published(self.at)
            .resolved(self.at)
            .select_related("scenario")
            .prefetch_related(Prefetch("verdicts", verdicts.prefetch_related("evidence")))
            .order_by("-closes_at", "pk")
        )
