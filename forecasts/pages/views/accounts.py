"""Accounts: passwords, one's own data, API tokens."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods

from forecasts.mail import inviting
from forecasts.mail.links import AccountTokens
from forecasts.models import Scope, Token, User
from forecasts.pages.doors.entering import enter
from forecasts.pages.doors.refusals import too_many
from forecasts.rules import clock, guesses, tokens
from forecasts.rules.limits import Limit, TooMany

RESETS = Limit("resets-from-address", 20, 3600)
"""For one account there is a limit besides: of mails, see `inviting`."""


class ResetRequestForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AccountForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label="Time zone", choices=[(name, name) for name in sorted(available_timezones())])

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "time_zone"]


class TokenForm(forms.Form):
    name = forms.CharField(label="Name", max_length=tokens.LONGEST_NAME, help_text="What it is for.")
    scopes = forms.MultipleChoiceField(
        label="May", choices=Scope.choices, initial=Scope.values, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label="Days", min_value=1, max_value=tokens.LONGEST_DAYS, initial=tokens.DEFAULT_DAYS, help_text="Then it ends."
    )


class SetPasswordView(PasswordResetConfirmView):
    """Where the links of invitations and of password resets lead. Lets in whoever sets a password.

    Whoever has a second factor is asked for it: a mailbox is no factor.
    """

    template_name = "forecasts/registration/password_set.html"
    success_url = reverse_lazy("board")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token_generator = AccountTokens(clock.now())
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        person: User = form.save()
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        return enter(self.request, person, str(self.success_url))


@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. Answers the same whether or not the address has an account."""
    form = ResetRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            RESETS.take(guesses.network(request.META["REMOTE_ADDR"]), clock.now())
        except TooMany as error:
            return too_many(request, error)
        inviting.ask_to_reset(form.cleaned_data["email"], at=clock.now())
        return render(request, "forecasts/registration/password_reset_asked.html")
    return render(request, "forecasts/registration/password_reset.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's name, time zone and API tokens."""
    form = AccountForm(request.POST or None, instance=_person(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("account")
    return account_page(request, form)


def _person(request: HttpRequest) -> User:
    """A copy of whoever is logged in, so that a form with errors changes no name on the page."""
    return User.objects.get_by_natural_key(request.user.get_username())


def account_page(
    request: HttpRequest, form: AccountForm | None = None, token_form: TokenForm | None = None, token: str = ""
) -> HttpResponse:
    """One's own data and tokens; a token that was just made is shown, this once."""
    context = {
        "form": form or AccountForm(instance=_person(request)),
        "token_form": token_form or TokenForm(),
        "tokens": Token.objects.filter(user=request.user.pk).order_by("created"),
        "token": token,
        "at": clock.now(),
    }
    return render(request, "forecasts/account.html", context)
