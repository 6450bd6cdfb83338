"""Articles, their sources, and the statements in them."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from forecasts.api import visible
from forecasts.api.fields import ModelSerializer
from forecasts.api.filters import Choice, Moment, Ordering, Reference, Truth
from forecasts.api.resources import Resource
from forecasts.models import Article, Category, Forecast, Source, Statement


class SourceSerializer(ModelSerializer):
    class Meta:
        model = Source
        fields = ("id", "name", "kind", "url")


class ArticleSerializer(ModelSerializer):
    source = SourceSerializer(read_only=True)  # type: ignore[assignment]  # a field; the class has it no more
    authors = serializers.ListField(child=serializers.CharField(), read_only=True)
    scenarios = serializers.SlugRelatedField[Any](slug_field="slug", many=True, read_only=True)

    class Meta:
        model = Article
        fields: tuple[str, ...] = (
            "id",
            "source",
            "title",
            "authors",
            "url",
            "published_at",
            "published_at_note",
            "language",
            "sha256",
            "notice",
            "scenarios",
        )


class FullArticleSerializer(ArticleSerializer):
    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "body")


class ArticleFilters(django_filters.FilterSet):
    source = Reference(visible.sources)
    scenario = Reference(visible.scenarios, "slug", field_name="scenarios")
    since = Moment(field_name="published_at", lookup_expr="gte")
    until = Moment(field_name="published_at", lookup_expr="lt")
    ordering = Ordering("published_at", "title")


class ArticleView(Resource):
    """Immutable texts. Offsets of statements are code points of `body`, which only the single article holds."""

    serializer_class = ArticleSerializer
    filterset_class = ArticleFilters

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return FullArticleSerializer if self.detail else ArticleSerializer

    def get_queryset(self) -> QuerySet[Article]:
        articles = (
            Article.objects.visible_to(self.reader)
            .select_related("source")
            .prefetch_related(Prefetch("scenarios", visible.scenarios(self.reader)))
            .order_by("-published_at", "pk")
        )
        return articles if self.detail else articles.defer("body")


class StatementSerializer(ModelSerializer):
    conditional = serializers.BooleanField(source="is_conditional", read_only=True)
    forecasts = serializers.PrimaryKeyRelatedField[Any](
        many=True, read_only=True, help_text="The forecasts made of it."
    )

    class Meta:
        model = Statement
        fields = (
            "id",
            "article",
            "key",
            "start",
            "end",
            "sentence_start",
            "sentence_end",
            "quote",
            "cue",
            "category",
            "likelihood",
            "scale",
            "scale_edition",
            "scale_is_assumed",
            "conditional",
            "attributed_to",
            "review",
            "reason",
            "duplicate_of",
            "extractor",
            "extractor_version",
            "forecasts",
        )


class StatementFilters(django_filters.FilterSet):
    article = Reference(visible.articles)
    scenario = Reference(visible.scenarios, "slug", field_name="article__scenarios")
    source = Reference(visible.sources, field_name="article__source")
    category = Choice(Category.choices)
    review = Choice(Statement.Review.choices)
    conditional = Truth(field_name="is_conditional")
    ordering = Ordering("article", "start")


class StatementView(Resource):
    """Forward-looking claims of articles, with exact offsets."""

    serializer_class = StatementSerializer
    filterset_class = StatementFilters

    def get_queryset(self) -> QuerySet[Statement]:
        made = Forecast.objects.visible_to(self.reader).published(self.at).order_by("pk").only("pk", "statement_id")
        return (
            Statement.objects.visible_to(self.reader)
            .prefetch_related(Prefetch("forecasts", made))
            .order_by("article", "start", "pk")
        )
