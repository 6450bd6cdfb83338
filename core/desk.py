"""The analysts' desk: the site that `forecasts/admin/` fills. Apart from it, since filling needs the site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse

type View = Callable[..., HttpResponse]


class Desk(admin.AdminSite):
    site_header = "Reckoner"
    site_title = "Reckoner"
    index_title = "The desk"
    # The board stands in the header by its name.
    site_url = None
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what `forecasts/admin/` registers: other apps would let administrators make tokens for anybody."""
        if admin_class is not None and admin_class.__module__.startswith("forecasts."):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        from forecasts.admin.site import may_enter

        return may_enter(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The log-in of the pages: there is one door, with one lock."""
        from forecasts.pages.doors.log_in import LogInView

        if request.method == "POST":
            return LogInView.as_view(next_page="admin:index")(request)
        wanted = request.GET.get("next", "") or reverse("admin:index", current_app=self.name)
        return redirect_to_login(wanted, reverse("login"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("change-password")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """For nobody in particular a redirect to the log-in; for those who have no work here there is no desk."""
        guarded = super().admin_view(self._hidden(view), cacheable)

        @wraps(guarded)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return entered

    def _hidden(self, view: View) -> View:
        """The view, as nothing at all to whoever may not see it; a POST that one sees and may not do is a 403."""
        rows = getattr(view, "__self__", None)

        @wraps(view)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if isinstance(rows, admin.ModelAdmin) and not rows.has_view_permission(request):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied:
                if request.method == "POST":
                    raise
                raise Http404 from None

        return seen

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, without the redirect to any row's page, which tells whether the row exists."""
        return [one for one in super().get_urls() if getattr(one, "name", None) != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from forecasts.admin import index

        shown = index.context(request)
        return super().index(request, {**shown, **(extra_context or {})})
