"""Accounts, their groups, and forecasters."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from forecasts.admin.site import AdministratorsOnly
from forecasts.models import Forecaster, User
from forecasts.models.leaving import departing
from forecasts.pages.doors import factors, sessions
from forecasts.rules import clock, tokens


@admin.register(User)
class UserAdmin(AdministratorsOnly, DjangoUserAdmin):
    ordering = ["email"]
    list_display = ["email", "name", "time_zone", "is_active", "is_superuser", "is_demo"]
    list_filter = ["is_active", "groups", "is_demo"]
    search_fields = ["email", "name"]
    actions = ["log_out", "remove_factors"]
    readonly_fields = ["last_login", "erased_at", "is_superuser"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["email", "name", "time_zone", "password"]}),
        (
            "Rights",
            {
                "fields": ["is_active", "groups", "is_superuser", "scenario_quota", "is_demo"],
                "description": "A group holds in every scenario that is open to all; who is in “administrator” may do"
                " everything. Membership in one scenario is given on the scenario's own page.",
            },
        ),
        ("Dates", {"fields": ["last_login", "erased_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        with departing(clock.now()):
            super().save_model(request, obj, form, change)

    @admin.action(description="Log out everywhere, and end their tokens")
    def log_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For an account that somebody else may be in."""
        at = clock.now()
        for person in queryset:
            sessions.end_all_of(person, at)
            for token in person.tokens.all():
                tokens.revoke(token, at=at)
        self.message_user(request, f"Logged out everywhere: {len(queryset)}.")

    @admin.action(description="Remove the second factors that they have lost")
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For somebody who cannot log in any more: whoever does this has made sure whom they speak with."""
        at = clock.now()
        removed = [(person, count) for person in queryset if (count := factors.remove_all_of(person, at))]
        for person, count in removed:
            self.log_change(request, person, [{"changed": {"fields": [f"{count} second factors removed"]}}])
        left = len(queryset) - len(removed)
        rest = f" {left} had none." if left else ""
        self.message_user(request, f"Factors removed of {len(removed)}, who get a mail about it.{rest}")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Six groups fit six boxes."""
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": forms.CheckboxSelectMultiple})


@admin.register(Group)
class GroupAdmin(AdministratorsOnly):
    """The groups are those that the migration made: a name is what `access.py` knows."""

    list_display = ["name", "people"]
    fields = ["name", "people"]
    readonly_fields = ["name", "people"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted: QuerySet[Any] = super().get_queryset(request).annotate(number_of_people=Count("user"))
        return counted

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(ordering="number_of_people")
    def people(self, group: Group) -> int:
        return group.number_of_people  # type: ignore[attr-defined, no-any-return]


@admin.register(Forecaster)
class ForecasterAdmin(AdministratorsOnly):
    list_display = ["name", "kind", "method", "user", "source"]
    list_filter = ["kind"]
    search_fields = ["name", "user__email"]
    list_select_related = ["user", "source"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
