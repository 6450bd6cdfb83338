"""The addresses at the door. Of django-allauth's only those that are used here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.contrib.auth.views import LogoutView
from django.urls import path

from forecasts.pages.doors import factors, log_in, password, provider, tokens
from forecasts.pages.doors import sessions as own_sessions
from forecasts.pages.doors.limited import limited

CODE, PASSWORD, PASSKEY = "second factor", "password once more", "passkey once more"

urlpatterns = [
    path("login/", log_in.LogInView.as_view(), name="login"),
    path("login/", log_in.LogInView.as_view(), name="account_login"),
    path("login/second/", limited(mfa.authenticate, CODE), name="mfa_authenticate"),
    path("login/passkey/", factors.named(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("login/closed/", provider.closed, name="account_inactive"),
    path("login/closed/", provider.closed, name="socialaccount_signup"),
    path("login/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("login/<slug:provider_id>/callback/", openid.callback, name="openid_connect_callback"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("logout/", LogoutView.as_view(), name="account_logout"),
    path("account/confirm/", limited(account.reauthenticate, PASSWORD), name="account_reauthenticate"),
    path("account/confirm/code/", limited(mfa.reauthenticate, CODE), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        limited(factors.named(webauthn.reauthenticate_webauthn), PASSKEY),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/password/", limited(password.ChangePasswordView.as_view(), PASSWORD), name="change-password"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("account/sessions/end/", own_sessions.end_all, name="end-sessions"),
    path("account/factors/", factors.overview, name="mfa_index"),
    path("account/factors/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/factors/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factors/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/factors/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/factors/passkeys/add/", factors.named(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/factors/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/factors/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/tokens/", tokens.make, name="make-token"),
    path("account/tokens/<str:key>/revoke/", tokens.revoke, name="revoke-token"),
]
