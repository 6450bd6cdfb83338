"""Relations between forecasts: which cannot all happen, which follow from one another."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from forecasts.admin.site import NamedFormSet, NamedInline, ScenarioScoped
from forecasts.models import Forecast, Relation, RelationMember, Scenario, User
from forecasts.rules import access, clock, coherence


class MembersFormSet(NamedFormSet):
    """Two forecasts or more, all yes-or-no, all of the relation's scenario."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        forecasts: list[Forecast] = [row["forecast"] for row in rows]
        if len(forecasts) < 2:
            raise forms.ValidationError("A relation binds at least two forecasts.")
        for forecast in forecasts:
            if forecast.scenario_id != self.instance.scenario_id:
                raise forms.ValidationError(f"“{forecast}” is of another scenario.")
            if not forecast.asks.is_yes_or_no:
                raise forms.ValidationError(f"“{forecast}” is not answered with yes or no.")


class MemberInline(NamedInline):
    model = RelationMember
    formset = MembersFormSet
    extra = 2
    raw_id_fields = ["forecast"]
    verbose_name_plural = "forecasts, in order: of deadlines the earliest first, of thresholds the highest first"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Relation | None = None) -> bool:
        return obj is None or access.may(request.user, "edit", obj.scenario)

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


class CountedList(ChangeList):
    """Relations, each with the counts of its scenario, which are asked for once a scenario and for this reader."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        at, reader = clock.now(), cast("User", request.user)
        rows: list[Any] = list(self.result_list)
        scenarios = {row.scenario for row in rows}
        counted = {scenario.pk: coherence.counts(scenario, reader, at) for scenario in scenarios}
        for row in rows:
            row.scenario_counts = counted[row.scenario_id]
        self.result_list = rows


@admin.register(Relation)
class RelationAdmin(ScenarioScoped):
    list_display = ["__str__", "kind", "scenario", "number_of_clashes"]
    list_select_related = ["scenario"]
    search_fields = ["note", "scenario__title"]
    inlines = [MemberInline]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "scenario":
            kwargs["queryset"] = Scenario.objects.filter(access.scenarios(request.user, "edit")).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and access.may(request.user, "edit", obj.scenario)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CountedList

    @admin.display(description="analysts who contradict it")
    def number_of_clashes(self, relation: Relation) -> int | str:
        counts: dict[int, int | None] = relation.scenario_counts  # type: ignore[attr-defined]
        count = counts.get(relation.pk, 0)
        return "hidden until you have answered" if count is None else count
