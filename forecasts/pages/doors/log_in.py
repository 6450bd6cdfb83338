"""The one log-in: of the pages, of the desk, and the first step of whoever has a second factor."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from forecasts.pages.doors import known, passkeys, provider
from forecasts.pages.doors.entering import enter
from forecasts.pages.doors.refusals import too_many
from forecasts.rules import clock, guesses
from forecasts.rules.limits import TooMany

HOW = "at the log-in"


class LogInForm(AuthenticationForm):
    username = forms.CharField(
        label="E-mail address",
        max_length=guesses.LONGEST_ACCOUNT,
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    error_messages = {
        "invalid_login": "Address or password is wrong. The password is read with its capitals.",
        "inactive": "This account is closed.",
    }


class LogInView(LoginView):
    """Takes address and password. Every wrong one counts, before its password is looked at."""

    form_class = LogInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account, at = request.POST.get("username", ""), clock.now()
        if not account or not request.POST.get("password"):
            return super().post(request, *args, **kwargs)
        browser = known.browser_of(request, account, at)
        try:
            guess = guesses.begin(account, request.META["REMOTE_ADDR"], browser, at=at)
        except TooMany as error:
            return too_many(request, error)
        form = self.get_form()
        if not form.is_valid():
            guess.was_wrong(HOW)
            return self.form_invalid(form)
        guess.was_right()
        return self.form_valid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return enter(self.request, form.get_user(), self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"provider": provider.name(), "passkeys": passkeys.problem(self.request) == ""}
        return {**super().get_context_data(**kwargs), **more}
