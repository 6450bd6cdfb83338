"""Forecasts, and the acts on their outcome."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from forecasts import access, resolving, watching
from forecasts.admin import verdicts
from forecasts.admin.lists import ForecastList
from forecasts.models import Forecast, Option

# What a published forecast may not change without an amendment.
FIXED = (
    "scenario", "key", "category", "kind", "title", "criteria", "fine_print", "statement", "fidelity",
    "options_are_ordered", "unit", "range_lower", "range_upper", "lower_is_open", "upper_is_open", "range_scale",
    "quantile_levels", "resolution_source", "resolution_source_url", "resolution_source_lag", "fallback_source",
    "time_zone", "published_at", "opens_at", "closes_at", "resolves_at",
)  # fmt: skip


class OptionInline(admin.TabularInline):
    model = Option
    extra = 0


@admin.register(Forecast)
class ForecastAdmin(ForecastList):
    search_fields = ["title", "criteria"]
    autocomplete_fields = ["statement"]
    raw_id_fields = ["resolver", "backup"]
    filter_horizontal = ["assignees"]
    exclude = ["version", "overrides", "is_imported"]
    inlines = [OptionInline]
    actions = ["resolve", "confirm", "take_back"]
    change_form_template = "admin/forecasts/forecast/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Forecast | None = None) -> tuple[str, ...]:
        return FIXED if obj is not None and obj.published_at is not None else ()

    def get_inlines(self, request: HttpRequest, obj: Forecast | None) -> list[Any]:
        return self.inlines if obj is None or obj.kind == Forecast.Kind.MULTIPLE_CHOICE else []

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        super().save_related(request, form, formsets, change)
        watching.refresh(form.instance, timezone.now())

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path(
                f"<int:pk>/{act}/",
                self.admin_site.admin_view(getattr(verdicts, f"{act}_view")),
                {"site": self.admin_site},
                name=f"forecasts_forecast_{act}",
            )
            for act in ("resolve", "confirm", "take_back")
        ]
        return [*acts, *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 -- Django's
        change: bool = False,  # noqa: FBT001, FBT002 -- Django's
        form_url: str = "",
        obj: Any | None = None,
    ) -> HttpResponse:
        forecast: Forecast | None = obj
        if forecast is not None:
            context["verdict_acts"] = verdict_acts(request, forecast)
            context["verdicts"] = (
                forecast.verdicts.told_to(request.user).select_related("person", "option").prefetch_related("evidence")
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.action(description="Resolve…", location=[ActionLocation.CHANGE_FORM, ActionLocation.CHANGE_LIST])
    def resolve(self, request: HttpRequest, queryset: QuerySet[Forecast]) -> HttpResponse | None:
        return self._go(request, queryset, "resolve")

    @admin.action(description="Confirm the resolution…", location=ActionLocation.CHANGE_FORM)
    def confirm(self, request: HttpRequest, queryset: QuerySet[Forecast]) -> HttpResponse | None:
        return self._go(request, queryset, "confirm")

    @admin.action(description="Take the resolution back…", location=ActionLocation.CHANGE_FORM)
    def take_back(self, request: HttpRequest, queryset: QuerySet[Forecast]) -> HttpResponse | None:
        return self._go(request, queryset, "take_back")

    def _go(self, request: HttpRequest, queryset: QuerySet[Forecast], act: str) -> HttpResponse | None:
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, "Choose one forecast at a time.", messages.WARNING)
            return None
        return HttpResponseRedirect(reverse(f"admin:forecasts_forecast_{act}", args=[chosen[0].pk]))


def verdict_acts(request: HttpRequest, forecast: Forecast) -> list[tuple[str, str]]:
    """What this person can do about the outcome now: addresses and words."""
    if forecast.published_at is None or not access.may_resolve(request.user, forecast):
        return []
    standing = resolving.newest_standing(forecast)
    acts = [("resolve", "Resolve again" if standing else "Resolve")]
    waiting = resolving.awaiting_confirmation(forecast)
    if waiting is not None and waiting.person_id != request.user.pk:
        acts.insert(0, ("confirm", "Confirm the resolution"))
    if standing is not None:
        acts.append(("take_back", "Take the resolution back"))
    return [(reverse(f"admin:forecasts_forecast_{act}", args=[forecast.pk]), words) for act, words in acts]
