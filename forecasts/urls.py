"""The pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from forecasts.views import accounts, answering, calibration, evidence, inbox, pages

urlpatterns = [
    path("", pages.board, name="board"),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password-reset/", accounts.password_reset, name="password_reset"),
    path("invite/<uidb64>/<token>/", accounts.SetPasswordView.as_view(), name="invite"),
    path("reset/<uidb64>/<token>/", accounts.SetPasswordView.as_view(), name="reset"),
    path("account/", accounts.account, name="account"),
    path("account/tokens/", accounts.make_token, name="make-token"),
    path("account/tokens/<str:key>/revoke/", accounts.revoke_token, name="revoke-token"),
    path("scenarios/<slug:slug>/invite/", accounts.invite_member, name="invite-member"),
    path("answer/<str:token>/", answering.answer, name="answer"),
    path("forecasts/<int:pk>/estimate/", answering.estimate, name="estimate"),
    path("scenarios/<slug:slug>/", pages.board, name="scenario"),
    path("forecasts/<int:pk>/", pages.forecast, name="forecast"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("articles/", pages.articles, name="articles"),
    path("articles/<int:pk>/", pages.article, name="article"),
    path("calibration/", calibration.calibration, name="calibration"),
    path("inbox/", inbox.messages, name="inbox"),
    path("inbox/<str:key>/", inbox.message, name="inbox-message"),
    path("inbox/<str:key>/html/", inbox.html, name="inbox-html"),
]
