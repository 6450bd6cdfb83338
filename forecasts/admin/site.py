"""What the desk's pages have in common: who may see and change what.

What somebody may not see is a 404, like what does not exist; what they see and may not do is a 403.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from forecasts.models import Scenario, User
from forecasts.pages import waiting
from forecasts.rules import access, clock, security_log

MOST_CHOICES = 200


class SeenRawId(ForeignKeyRawIdWidget):
    """A number, and the name of what it stands for where the reader may see that."""

    choices: Any  # of the field, which sets it

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        try:
            is_seen = self.choices.queryset.filter(pk=value).exists()
        except ValueError:
            is_seen = False
        return super().label_and_url_for_value(value) if is_seen else ("", "")


class Referring(admin.options.BaseModelAdmin):
    """Fields that name another row take those alone that the reader may see; no other number exists for them."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", access.seen(request.user, db_field.related_model))
        if db_field.name in self.raw_id_fields:
            kwargs["widget"] = SeenRawId(db_field.remote_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", access.seen(request.user, db_field.related_model))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class SeenFilter(admin.RelatedFieldListFilter):
    """A filter by another row, of those alone that the reader may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return [(row.pk, str(row)) for row in access.seen(request.user, field.related_model).distinct()[:MOST_CHOICES]]


class DeskAdmin(Referring, admin.ModelAdmin):
    """A list and its pages, without an oracle for what the reader may not see."""

    is_setting = False
    """Whether changing a row changes how the installation or a scenario works, which the log of security notes."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        """Django's, without the redirect from what an address was before 2015."""
        return [one for one in super().get_urls() if one.name]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What the filters beside the list ask, and no other column: whoever types one gets a 400."""
        asked, *deeper = lookup.split("__")
        filters = self.get_list_filter(request)
        is_own = not deeper and asked in {getattr(one, "parameter_name", None) for one in filters}
        is_column = asked in {_column(one) for one in filters} - {""} | {self.date_hierarchy}
        if not (is_own or is_column) or not _is_possible(lookup, value):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Whatever leads to another row offers those that the reader may see."""
        return [(one, SeenFilter) if self._is_reference(one) else one for one in super().get_list_filter(request)]

    def _is_reference(self, name: Any) -> bool:
        return isinstance(name, str) and self.model._meta.get_field(name).is_relation

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 -- Django's
        change: bool = False,  # noqa: FBT001, FBT002 -- Django's
        form_url: str = "",
        obj: Any | None = None,
    ) -> HttpResponse:
        """Around the form stands what is stored: a form that was refused has written into its own copy."""
        stored = None if obj is None else self.get_object(request, str(obj.pk))
        self.around(request, context, stored)
        return super().render_change_form(request, {**context, "original": stored}, add, change, form_url, stored)

    def around(self, request: HttpRequest, context: dict[str, Any], stored: Any | None) -> None:
        """Put into the context what a page shows beside its form."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._note(obj, "added")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        fields = [
            name for part in message if isinstance(part, dict) for name in part.get("changed", {}).get("fields", [])
        ]
        if message:
            self._note(obj, ", ".join(fields) or "changed")
        return super().log_change(request, obj, message)

    def _note(self, obj: models.Model, what: str) -> None:
        if self.is_setting:
            person = obj if isinstance(obj, User) else None
            detail = f"{self.opts.verbose_name} {obj.pk}: {what}"
            security_log.note(security_log.Kind.SETTING, person, at=clock.now(), detail=detail)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """People by their names, as far as the reader has met them."""
        of_row = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(self.model))
        acted = of_row.filter(object_id=object_id).order_by().values("user")
        met = set(access.met(request.user).filter(pk__in=acted).values_list("pk", flat=True))
        answer: HttpResponse = super().history_view(request, object_id, {"met": met, **(extra_context or {})})
        return answer

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """Its own page, without the detour by a redirect that answers for any row."""
        address = getattr(obj, "get_absolute_url", None)
        return str(address()) if address is not None else None

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def _is_possible(lookup: str, value: str) -> bool:
    """A calendar has no year 0 or 99999, and the database no NUL character: either is the asker's fault, not ours."""
    most = {"year": 9998, "month": 12, "day": 31}.get(lookup.rpartition("__")[2])
    if most is not None:
        return value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= most
    return "\x00" not in value


def _column(one: Any) -> str:
    """The column that a filter asks, where it asks one by name."""
    name = one[0] if isinstance(one, tuple) else one
    return name if isinstance(name, str) else ""


class NamedFormSet(BaseInlineFormSet):
    """Rows of a table, each field with its name for those who hear it: its column's head alone is not read out."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if not field.widget.is_hidden:
                widget.attrs.setdefault("aria-label", str(field.label or name))


class NamedInline(Referring, admin.TabularInline):
    formset = NamedFormSet


class ScenarioScoped(DeskAdmin):
    """Rows that belong to a scenario: seen by its members, changed by those whom the table of access allows."""

    scenario_path = "scenario"
    change_act = "edit"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each visible row once, without sorting out duplicates that a join would make."""
        everything: QuerySet[Any] = super().get_queryset(request)
        if request.user.is_superuser:
            return everything
        visible = Scenario.objects.visible_to(request.user).values("pk")
        rows = self.model._default_manager.filter(**{f"{self.scenario_path}__in": visible})
        return everything.filter(pk__in=rows.values("pk"))

    def scenarios_of(self, obj: models.Model) -> list[Scenario]:
        """The scenarios that decide about this row."""
        return [obj.scenario]  # type: ignore[attr-defined]

    def _may(self, request: HttpRequest, act: str, obj: models.Model | None) -> bool:
        if obj is None:
            return may_somewhere(request, act)
        return any(access.may(request.user, act, scenario) for scenario in self.scenarios_of(obj))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return may_enter(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, self.change_act, None)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._may(request, self.change_act, obj)


class ReadOnly(ScenarioScoped):
    """Facts and work rows: looked at, never written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class AdministratorsOnly(DeskAdmin):
    """What only administrators look after."""

    is_setting = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


def may_enter(request: HttpRequest) -> bool:
    """`access.may_enter_admin`, without asking again for each list of the admin."""
    return may_somewhere(request, "enter")


def may_somewhere(request: HttpRequest, act: str) -> bool:
    """Whether this person may do `act` in any scenario, asked once a request."""
    return act in waiting.acts_of(request)
