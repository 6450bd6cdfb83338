"""Where everything is."""

from django.contrib import admin
from django.urls import include, path

from core import health

admin.autodiscover()

handler500 = health.server_error

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("forecasts.api.urls")),
    path("", include("forecasts.urls")),
]
