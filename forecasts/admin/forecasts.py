"""Forecasts: drafts are written here, published ones keep what they ask."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from forecasts import watching
from forecasts.admin import offered_acts, publishing
from forecasts.admin.lists import ForecastList
from forecasts.admin.several import MOST
from forecasts.admin.site import NamedInline
from forecasts.admin.story import story
from forecasts.models import Forecast, Membership, Option, Scenario, User
from forecasts.models.acting import acting
from forecasts.presenting import text
from forecasts.questions.publishing import overrides
from forecasts.rules import access, clock

# What a published forecast may not change without an amendment.
FIXED = (
    "scenario", "key", "category", "kind", "title", "criteria", "fine_print", "statement", "fidelity",
    "options_are_ordered", "unit", "range_lower", "range_upper", "lower_is_open", "upper_is_open", "range_scale",
    "quantile_levels", "resolution_source", "resolution_source_url", "resolution_source_lag", "fallback_source",
    "time_zone", "opens_at", "closes_at", "resolves_at",
)  # fmt: skip
FIELDSETS: Any = [
    ("What is asked", {"fields": [("scenario", "category", "kind"), "title", "key", "situation"]}),
    (
        "What decides it",
        {
            "fields": [
                "criteria", "fine_print", "resolution_source", "resolution_source_url", "resolution_source_lag",
                "fallback_source",
            ]
        },
    ),
    ("When", {"fields": ["time_zone", ("opens_at", "closes_at", "resolves_at"), "review_every"]}),
    ("Who", {"fields": [("resolver", "backup"), "two_people_resolve", "assignees"]}),
    ("Where it comes from", {"fields": [("statement", "fidelity"), "background"]}),
    (
        "Numbers, dates and options",
        {
            "classes": ["collapse"],
            "fields": [
                "options_are_ordered", "unit", "range_lower", "range_upper", "lower_is_open", "upper_is_open",
                "range_scale", "quantile_levels",
            ],
        },
    ),
]  # fmt: skip


class OptionInline(NamedInline):
    """Options of a draft. Those of a published forecast come by an amendment."""

    model = Option
    extra = 0
    fields = ["position", "label"]

    def has_add_permission(self, request: HttpRequest, obj: Forecast | None = None) -> bool:
        return obj is None or (obj.published_at is None and access.may(request.user, "edit", obj.scenario))

    def has_change_permission(self, request: HttpRequest, obj: Forecast | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Forecast | None = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Forecast | None = None) -> bool:
        return True


@admin.register(Forecast)
class ForecastAdmin(ForecastList):
    form = publishing.DraftForm
    search_fields = ["title", "criteria"]
    raw_id_fields = ["statement"]
    inlines = [OptionInline]
    fieldsets = FIELDSETS
    actions = ["resolve", "annul", "hand_over"]
    change_form_template = "admin/forecasts/forecast/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Forecast | None = None) -> tuple[str, ...]:
        return FIXED if obj is not None and obj.published_at is not None else ()

    def get_fieldsets(self, request: HttpRequest, obj: Forecast | None = None) -> Any:
        """Without the statement, where its article is not for this reader."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.statement_id is None or text.excerpt(obj, cast("User", request.user)):
            return fieldsets
        return [
            (name, {**options, "fields": [one for one in options["fields"] if one != ("statement", "fidelity")]})
            for name, options in fieldsets
        ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Forecast | None = None) -> dict[str, Any]:
        return {"key": ["title"]} if obj is None else {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Of the scenarios that this person edits, and of the people in them."""
        if db_field.name == "scenario":
            kwargs["queryset"] = _edited(request)
        if db_field.name in ("resolver", "backup"):
            kwargs["queryset"] = _people(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "assignees":
            kwargs |= {"queryset": _people(request), "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Forecast | None) -> list[Any]:
        return self.inlines if obj is None or obj.asks.has_options else []

    def save_model(self, request: HttpRequest, obj: Forecast, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        if not change:
            obj.drafted_at, obj.drafted_by = clock.now(), request.user  # type: ignore[assignment]
        with acting(cast("User", request.user), clock.now()):
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        for option in formset.save(commit=False):
            if option.added_at is None:
                option.added_at = clock.now()
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        super().save_related(request, form, formsets, change)
        watching.refresh(form.instance, clock.now())

    def get_urls(self) -> list[URLPattern]:
        return [*offered_acts.urls(self.admin_site), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Times are read and shown in the zone of the forecast."""
        with timezone.override(self._zone(request, object_id)):
            answer: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
            return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer

    def _zone(self, request: HttpRequest, object_id: str | None) -> str:
        given = request.POST.get("time_zone", "")
        if given in publishing.zones():
            return str(given)
        if object_id is None or not object_id.isdecimal():
            return "UTC"
        return Forecast.objects.filter(pk=object_id).values_list("time_zone", flat=True).first() or "UTC"

    def around(self, request: HttpRequest, context: dict[str, Any], stored: Forecast | None) -> None:
        forecast = stored
        if forecast is not None:
            context["verdict_acts"] = offered_acts.offered(request, forecast)
            context["at"] = clock.now()
            context["story"] = story(forecast, cast("User", request.user), context["at"])
            context["overrides"] = overrides(forecast)
            if forecast.published_at is None:
                context["checked"] = publishing.checked(forecast)

    def response_post_save_add(self, request: HttpRequest, obj: Forecast) -> HttpResponseRedirect:
        return self._to_publishing(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Forecast) -> HttpResponseRedirect:
        return self._to_publishing(request, obj) or super().response_post_save_change(request, obj)

    def _to_publishing(self, request: HttpRequest, obj: Forecast) -> HttpResponseRedirect | None:
        if "_publish" not in request.POST:
            return None
        return HttpResponseRedirect(reverse("admin:forecasts_forecast_publish", args=[obj.pk]))

    @admin.action(description="Resolve…")
    def resolve(self, request: HttpRequest, queryset: QuerySet[Forecast]) -> HttpResponse | None:
        chosen = list(queryset.values_list("pk", flat=True)[:2])
        if len(chosen) == 1:
            return HttpResponseRedirect(reverse("admin:forecasts_forecast_resolve", args=chosen))
        return self._together(request, queryset, "resolve_several")

    @admin.action(description="Annul with one reason…")
    def annul(self, request: HttpRequest, queryset: QuerySet[Forecast]) -> HttpResponse | None:
        return self._together(request, queryset, "annul_several")

    @admin.action(description="Hand over to others…")
    def hand_over(self, request: HttpRequest, queryset: QuerySet[Forecast]) -> HttpResponse | None:
        return self._together(request, queryset, "hand_over")

    def _together(self, request: HttpRequest, queryset: QuerySet[Forecast], act: str) -> HttpResponse | None:
        """The page on which one act is done to many, which are all of one scenario."""
        rows = queryset.exclude(published_at=None).values_list("pk", "scenario_id")
        chosen = list(rows[: MOST + 1])
        if len(chosen) > MOST:
            self.message_user(request, f"At most {MOST} at a time.", messages.WARNING)
            return None
        if len({scenario for _, scenario in chosen}) != 1:
            self.message_user(request, "Choose published forecasts of one scenario.", messages.WARNING)
            return None
        query = QueryDict(mutable=True)
        query.setlist("forecast", [str(pk) for pk, _ in chosen])
        return HttpResponseRedirect(f"{reverse(f'admin:forecasts_forecast_{act}')}?{query.urlencode()}")


def _edited(request: HttpRequest) -> QuerySet[Scenario]:
    return Scenario.objects.filter(access.scenarios(request.user, "edit")).distinct()


def _people(request: HttpRequest) -> QuerySet[User]:
    """Members, and whoever is named already."""
    edited = _edited(request).values("pk")
    named = Q(forecasts_to_resolve__scenario__in=edited) | Q(forecasts_to_back_up__scenario__in=edited)
    members = Membership.objects.come_in().filter(scenario__in=edited)
    theirs = Q(memberships__in=members) | named | Q(assigned_forecasts__scenario__in=edited)
    people = User.objects.filter(theirs, is_active=True).values("pk")
    return User.objects.filter(pk__in=people).order_by("name", "pk")
