"""Scenarios."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forecasts.api import visible
from forecasts.api.fields import ModelSerializer
from forecasts.api.filters import Choice, Ordering, Reference
from forecasts.api.resources import Resource
from forecasts.models import Membership, Scenario


class ScenarioSerializer(ModelSerializer):
    role = serializers.SerializerMethodField(help_text="Your part in it; null where you only read.")
    articles = serializers.PrimaryKeyRelatedField[Any](many=True, read_only=True)

    class Meta:
        model = Scenario
        fields = (
            "id",
            "slug",
            "title",
            "summary",
            "visibility",
            "role",
            "articles",
            "blind_until_answered",
            "two_people_resolve",
            "cooling_off_hours",
            "is_pool",
            "is_demo",
        )

    @extend_schema_field(serializers.ChoiceField(choices=Membership.Role.choices, allow_null=True))
    def get_role(self, scenario: Any) -> str | None:
        return next((membership.role for membership in scenario.own_memberships), None)


class ScenarioFilters(django_filters.FilterSet):
    visibility = Choice(Scenario.Visibility.choices)
    article = Reference(visible.articles, field_name="articles")
    ordering = Ordering("title", "slug")


class ScenarioView(Resource):
    """Sets of forecasts about one situation."""

    serializer_class = ScenarioSerializer
    filterset_class = ScenarioFilters
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self) -> QuerySet[Scenario]:
        own = Membership.objects.filter(user=self.request.user.pk)
        return (
            Scenario.objects.visible_to(self.reader)
            .prefetch_related("articles", Prefetch("memberships", own, to_attr="own_memberships"))
            .order_by("title", "pk")
        )
