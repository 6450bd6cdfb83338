"""Scenarios and their members."""

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts.admin import judging
from forecasts.admin.site import NamedInline, ScenarioScoped
from forecasts.mail import membering
from forecasts.models import Membership, Scenario, User
from forecasts.models.acting import acting
from forecasts.rules import clock


class MembershipInline(NamedInline):
    model = Membership
    extra = 0
    raw_id_fields = ["user"]
    verbose_name_plural = "members"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        everyone: QuerySet[Any] = super().get_queryset(request)
        return everyone if request.user.is_superuser else everyone.filter(invited_as="")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


@admin.register(Scenario)
class ScenarioAdmin(ScenarioScoped):
    scenario_path = "pk"
    is_setting = True
    change_act = "invite"
    list_display = ["title", "visibility", "number_of_forecasts", "two_people_resolve", "cooling_off_hours", "is_demo"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    exclude = ["articles"]
    readonly_fields = ["its_articles"]
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scenario]:
        queryset: QuerySet[Scenario] = super().get_queryset(request)
        return queryset.annotate(forecast_count=Count("forecasts", distinct=True))

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        assert isinstance(obj, Scenario)  # noqa: S101
        return [obj]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def around(self, request: HttpRequest, context: dict[str, Any], stored: Scenario | None) -> None:
        if stored is not None:
            context["judgement"] = judging.judgement(stored, cast("User", request.user), clock.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        with acting(cast("User", request.user), clock.now(), membering.REMOVED):
            super().save_related(request, form, formsets, change)
            for gone in (one for formset in formsets for one in formset.deleted_objects):
                if isinstance(gone, Membership):
                    membering.end_offices(form.instance, gone.user)

    @admin.display(description="articles")
    def its_articles(self, scenario: Scenario) -> SafeString | str:
        """A link: there may be thousands. An article's own page says which scenarios it is in."""
        if scenario._state.adding:
            return "Articles are added once the scenario is saved."
        count = scenario.articles.count()
        if not count:
            address = reverse("admin:forecasts_article_add")
            return format_html('None yet: <a href="{}">add an article</a>, or tick this scenario on one.', address)
        address = f"{reverse('admin:forecasts_article_changelist')}?scenario={scenario.pk}"
        return format_html('<a href="{}">{} article{}</a>', address, count, "" if count == 1 else "s")

    @admin.display(description="forecasts", ordering="forecast_count")
    def number_of_forecasts(self, scenario: Scenario) -> int:
        return scenario.forecast_count  # type: ignore[attr-defined, no-any-return]
