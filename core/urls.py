"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

from core import health
from core.local import inbox_pages
from forecasts.pages.doors import refusals

admin.autodiscover()

handler500 = health.server_error
handler429 = refusals.handler

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("forecasts.api.urls")),
    path("inbox/", inbox_pages.messages, name="inbox"),
    path("inbox/<str:key>/", inbox_pages.message, name="inbox-message"),
    path("inbox/<str:key>/html/", inbox_pages.html, name="inbox-html"),
    path("", include("forecasts.pages.urls")),
]
