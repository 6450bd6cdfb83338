"""The pages."""

from django.urls import include, path

from forecasts.pages.views import (
    accounts,
    answering,
    calendar,
    calibration,
    evidence,
    looking,
    members,
    preferences,
    sheet,
    stopping,
    styles,
)

urlpatterns = [
    path("", looking.board, name="board"),
    path("search/", looking.search, name="search"),
    path("", include("forecasts.pages.doors.urls")),
    path("password-reset/", accounts.password_reset, name="password_reset"),
    path("invite/<uidb64>/<token>/", accounts.SetPasswordView.as_view(), name="invite"),
    path("reset/<uidb64>/<token>/", accounts.SetPasswordView.as_view(), name="reset"),
    path("account/", accounts.account, name="account"),
    path("make-scenario/", members.make_scenario, name="make-scenario"),
    path("scenarios/", looking.scenarios, name="scenarios"),
    path("scenarios/<slug:slug>/invite/", members.invite, name="invite-member"),
    path("scenarios/<slug:slug>/members/", members.members, name="members"),
    path("answer/<str:token>/", answering.answer, name="answer"),
    path("answers/<str:token>/", sheet.answers, name="answers"),
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("snooze/<str:token>/", stopping.snooze, name="snooze"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/calendar/", preferences.make_calendar, name="make-calendar"),
    path("preferences/calendar/revoke/", preferences.revoke_calendar, name="revoke-calendar"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar"),
    path("forecasts/<int:pk>/estimate/", answering.estimate, name="estimate"),
    path("forecasts/<int:pk>/snooze/", preferences.snooze, name="snooze-forecast"),
    path("forecasts/<int:pk>/unmute/", preferences.unmute, name="unmute"),
    path("scenarios/<slug:slug>/", looking.board, name="scenario"),
    path("forecasts/<int:pk>/", looking.forecast, name="forecast"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("", include("forecasts.pages.views.article_urls")),
    path("categories.css", styles.categories, name="category-styles"),
    path("calibration/", calibration.calibration, name="calibration"),
]
