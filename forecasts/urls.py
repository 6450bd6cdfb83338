"""The pages."""

from django.contrib.auth.views import LoginView
from django.urls import path

from forecasts.views import pages

urlpatterns = [
    path("", pages.board, name="board"),
    path("login/", LoginView.as_view(), name="login"),
    path("scenarios/<slug:slug>/", pages.board, name="scenario"),
    path("forecasts/<int:pk>/", pages.board, name="forecast"),
    path("articles/<int:pk>/", pages.board, name="article"),
]
