"""What the desk's pages have in common: who may see and change what."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from forecasts import access
from forecasts.models import Scenario


class ScenarioScoped(admin.ModelAdmin):
    """Rows that belong to a scenario: seen by its members, changed by those whom the table of access allows."""

    scenario_path = "scenario"
    change_act = "edit"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = Scenario.objects.visible_to(request.user)
        return super().get_queryset(request).filter(**{f"{self.scenario_path}__in": visible}).distinct()

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        """The scenarios that decide about this row."""
        return [obj.scenario]  # type: ignore[attr-defined]

    def _may_somewhere(self, request: HttpRequest, act: str) -> bool:
        condition = access.scenarios(request.user, act)
        return Scenario.objects.filter(condition or Q()).exists()

    def _may(self, request: HttpRequest, act: str, obj: models.Model | None) -> bool:
        if obj is None:
            return self._may_somewhere(request, act)
        return any(access.may(request.user, act, scenario) for scenario in self.scenarios_of(obj))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return access.may_enter_admin(request.user)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return access.may_enter_admin(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, self.change_act, None)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._may(request, self.change_act, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnly(ScenarioScoped):
    """Facts and work rows: looked at, never written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class AdministratorsOnly(admin.ModelAdmin):
    """What only administrators look after."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
