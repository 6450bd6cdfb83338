"""The API's addresses."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

v1 = ([path("schema/", SpectacularAPIView.as_view(), name="schema")], "v1")
urlpatterns = [path("v1/", include(v1))]
