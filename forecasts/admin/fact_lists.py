"""Facts, to look at: estimates, verdicts, erasures, log-ins. Nobody writes them here, not even an administrator."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from forecasts.admin.lists import BoundedPaginator, scenario_filter
from forecasts.admin.site import AdministratorsOnly, ReadOnly
from forecasts.models import Erasure, Estimate, Scenario, SecurityEvent, Verdict


class FactsOfForecasts(ReadOnly):
    """Facts as far as the pages show them too: by `visible_to`."""

    scenario_path = "forecast__scenario"
    paginator = BoundedPaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = self.model._default_manager.visible_to(request.user)
        return admin.ModelAdmin.get_queryset(self, request).filter(pk__in=visible.values("pk"))

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        return [obj.forecast.scenario]  # type: ignore[attr-defined]


@admin.register(Estimate)
class EstimateAdmin(FactsOfForecasts):
    list_display = ["forecast", "forecaster", "event", "__str__", "made_at", "channel", "is_demo"]
    list_filter = ["event", "channel", scenario_filter("forecast__scenario"), "is_demo"]
    list_select_related = ["forecast", "forecaster__user"]
    search_fields = ["forecast__title", "forecaster__name"]
    ordering = ["-pk"]


@admin.register(Verdict)
class VerdictAdmin(FactsOfForecasts):
    list_display = ["forecast", "round", "act", "outcome", "person", "known_at", "recorded_at", "takes_effect_at"]
    list_filter = ["act", "outcome", scenario_filter("forecast__scenario")]
    list_select_related = ["forecast", "person"]
    search_fields = ["forecast__title"]
    ordering = ["-recorded_at", "-pk"]


class AdministratorsLook(AdministratorsOnly):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Erasure)
class ErasureAdmin(AdministratorsLook):
    list_display = ["user", "made_at", "operator", "reason"]
    list_select_related = ["user"]
    ordering = ["-made_at"]


@admin.register(SecurityEvent)
class SecurityEventAdmin(AdministratorsLook):
    list_display = ["made_at", "kind", "person", "by", "address", "detail"]
    list_filter = ["kind", "made_at"]
    list_select_related = ["person", "by"]
    search_fields = ["person__email", "person__name", "address", "detail"]
    ordering = ["-made_at", "-pk"]
    paginator = BoundedPaginator
