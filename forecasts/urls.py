"""The pages."""

from django.contrib.auth.views import LoginView
from django.urls import path

from forecasts import views

urlpatterns = [
    path("", views.board, name="board"),
    path("login/", LoginView.as_view(), name="login"),
    path("scenarios/<slug:slug>/", views.board, name="scenario"),
    path("forecasts/<int:pk>/", views.board, name="forecast"),
    path("articles/<int:pk>/", views.board, name="article"),
]
