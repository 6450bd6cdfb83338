"""Outgoing mail: to look at, to send again, to cancel; and the addresses that get none."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from forecasts.admin import mailing
from forecasts.admin.site import AdministratorsOnly
from forecasts.models import Message, Prompt, Suppression


class LookedAt(AdministratorsOnly):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def _ask(self, act: str, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """The page that asks whether to do something to what was chosen."""
        pks = [str(pk) for pk in queryset.values_list("pk", flat=True)]
        return mailing.asked(request, act, pks, self.admin_site)


@admin.register(Message)
class MessageAdmin(LookedAt):
    list_display = ["subject", "address", "state", "made_at", "due_at", "tries", "sent_at", "reason"]
    list_filter = ["state", "made_at"]
    search_fields = ["address", "subject", "message_id"]
    fields = [
        ("state", "tries", "reason"),
        ("recipient", "address"),
        "subject",
        ("made_at", "due_at", "sent_at"),
        "message_id",
    ]
    actions = ["retry", "cancel"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        found: QuerySet[Message] = super().get_queryset(request)
        return found.defer("content")

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        own = [
            path("sending/", site.admin_view(partial(mailing.sending_view, site=site)), name="forecasts_sending"),
            path("<int:pk>/html/", site.admin_view(mailing.html_view), name="forecasts_message_html"),
        ]
        acts = [
            path(
                f"{act}/", site.admin_view(partial(mailing.act_view, act=act, site=site)), name=f"forecasts_mail_{act}"
            )
            for act in mailing.ACTS
        ]
        return [*own, *acts, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        message = self.get_object(request, object_id)
        context = {
            "attempts": message.attempts.select_related("receipt"),
            "prompts": message.prompts.select_related("forecast").order_by("pk"),
            "text": mailing.part(message, "plain"),
        }
        answer: HttpResponse = super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
        return answer

    @admin.action(description="Send again…")
    def retry(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse:
        return self._ask("retry", request, queryset)

    @admin.action(description="Cancel…")
    def cancel(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse:
        return self._ask("cancel", request, queryset)


@admin.register(Prompt)
class PromptAdmin(LookedAt):
    list_display = ["kind", "recipient", "forecast", "slot", "state", "reason"]
    list_filter = ["state", "kind"]
    list_select_related = ["recipient", "forecast"]
    search_fields = ["recipient__email", "forecast__title"]
    actions = ["write"]

    @admin.action(description="Write again…")
    def write(self, request: HttpRequest, queryset: QuerySet[Prompt]) -> HttpResponse:
        return self._ask("write", request, queryset)


@admin.register(Suppression)
class SuppressionAdmin(LookedAt):
    list_display = ["address", "made_at", "reason"]
    search_fields = ["address"]
    ordering = ["-made_at"]
    actions = ["lift"]

    @admin.action(description="Lift…")
    def lift(self, request: HttpRequest, queryset: QuerySet[Suppression]) -> HttpResponse:
        return self._ask("lift", request, queryset)
