"""Sources, and what came of what they said."""

from typing import Any

import django_filters
from django.db.models import Count, OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forecasts.api import visible
from forecasts.api.fields import ModelSerializer
from forecasts.api.filters import Choice, Ordering
from forecasts.api.resources import Resource
from forecasts.models import Source
from forecasts.pages import scorecards


class ListedSourceSerializer(ModelSerializer):
    articles = serializers.IntegerField(
        source="article_count", read_only=True, help_text="How many of its articles you may see."
    )

    class Meta:
        model = Source
        fields: tuple[str, ...] = ("id", "name", "kind", "url", "scale", "scale_edition", "articles")


class ReachSerializer(serializers.Serializer[Any]):
    """How much of what it said could be checked; repeats are left out of `said`."""

    said = serializers.IntegerField()
    repeated = serializers.IntegerField()
    checkable = serializers.IntegerField(help_text="A forecast was made of it.")
    decided = serializers.IntegerField(help_text="Such a forecast is resolved.")
    quantified = serializers.IntegerField(help_text="It gives a likelihood word of a scale.")
    unquantified = serializers.IntegerField(help_text="Counted, never scored.")


class WordSerializer(serializers.Serializer[Any]):
    term = serializers.CharField()
    scale = serializers.CharField()
    low = serializers.FloatField(min_value=0, max_value=1)
    high = serializers.FloatField(min_value=0, max_value=1)
    said = serializers.IntegerField(help_text="Statements with this word that are decided and matured.")
    held = serializers.IntegerField(help_text="Of these, how many came true.")


class SourceBrierSerializer(serializers.Serializer[Any]):
    """Mean Brier scores, 0 to 1: the source at low, middle and high of its bands; others on the same forecasts."""

    forecasts = serializers.IntegerField()
    low = serializers.FloatField()
    middle = serializers.FloatField()
    high = serializers.FloatField()
    analysts = serializers.FloatField(allow_null=True)
    analysts_pairs = serializers.IntegerField()
    consensus = serializers.FloatField(allow_null=True)


class SourceScorecardSerializer(ListedSourceSerializer):
    statements = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    brier = serializers.SerializerMethodField()

    class Meta(ListedSourceSerializer.Meta):
        fields = (*ListedSourceSerializer.Meta.fields, "statements", "words", "brier")

    def to_representation(self, instance: Source) -> dict[str, Any]:
        view: Any = self.context["view"]
        self._card = scorecards.of_source(instance, view.reader, view.at)
        return dict(super().to_representation(instance))

    @extend_schema_field(ReachSerializer)
    def get_statements(self, source: Source) -> dict[str, Any]:
        return dict(ReachSerializer(self._card.reach).data)

    @extend_schema_field(WordSerializer(many=True))
    def get_words(self, source: Source) -> list[Any]:
        return [dict(WordSerializer(word).data) for word in self._card.words]

    @extend_schema_field(SourceBrierSerializer(allow_null=True))
    def get_brier(self, source: Source) -> dict[str, Any] | None:
        return None if self._card.brier is None else dict(SourceBrierSerializer(self._card.brier).data)


class SourceFilters(django_filters.FilterSet):
    kind = Choice(Source.Kind.choices)
    ordering = Ordering("name")


class SourceView(Resource):
    """Who published the articles that one may see. The single source holds its scorecard over all of them."""

    serializer_class = ListedSourceSerializer
    filterset_class = SourceFilters

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return SourceScorecardSerializer if self.detail else ListedSourceSerializer

    def get_queryset(self) -> QuerySet[Source]:
        theirs = visible.articles(self.reader).filter(source=OuterRef("pk")).order_by().values("source")
        counted = theirs.annotate(count=Count("pk", distinct=True)).values("count")
        return visible.sources(self.reader).annotate(article_count=Subquery(counted)).order_by("name", "pk")
