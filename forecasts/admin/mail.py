"""Outgoing mail, to look at."""

from django.contrib import admin
from django.http import HttpRequest

from forecasts.admin.site import AdministratorsOnly
from forecasts.models import Message, Prompt


class LookedAt(AdministratorsOnly):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Message)
class MessageAdmin(LookedAt):
    list_display = ["subject", "address", "state", "made_at", "due_at", "tries", "sent_at", "reason"]
    list_filter = ["state", "made_at"]
    search_fields = ["address", "subject", "message_id"]
    exclude = ["content", "lease"]


@admin.register(Prompt)
class PromptAdmin(LookedAt):
    list_display = ["kind", "recipient", "forecast", "slot", "state", "reason"]
    list_filter = ["state", "kind"]
    list_select_related = ["recipient", "forecast"]
    search_fields = ["recipient__email", "forecast__title"]
