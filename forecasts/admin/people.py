"""Accounts and forecasters."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from forecasts.admin.site import AdministratorsOnly
from forecasts.models import Forecaster, User


@admin.register(User)
class UserAdmin(AdministratorsOnly, DjangoUserAdmin):
    ordering = ["email"]
    list_display = ["email", "name", "time_zone", "is_active", "is_superuser", "is_demo"]
    list_filter = ["is_active", "is_superuser", "is_demo"]
    search_fields = ["email", "name"]
    readonly_fields = ["last_login", "erased_at"]
    filter_horizontal = ["groups"]
    fieldsets = [
        (None, {"fields": ["email", "name", "time_zone", "password"]}),
        ("Rights", {"fields": ["is_active", "is_superuser", "is_demo"]}),
        ("Dates", {"fields": ["last_login", "erased_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]


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
