"""Accounts: invitations, passwords, one's own data, API tokens."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from knox.models import AuthToken

from forecasts.mail import inviting
from forecasts.mail.links import AccountTokens
from forecasts.models import Membership, Scenario, User
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue

Role = Membership.Role


class InviteForm(forms.Form):
    email = forms.EmailField(label="E-mail address")
    name = forms.CharField(label="Name", max_length=200)
    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        initial=Role.ANALYST,
        help_text="Analysts and resolvers are asked for estimates; resolvers, editors and owners may resolve.",
    )


class ResetRequestForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AccountForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label="Time zone", choices=[(name, name) for name in sorted(available_timezones())])

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "time_zone"]


class SetPasswordView(PasswordResetConfirmView):
    """Where the links of invitations and of password resets lead. Logs in whoever sets a password."""

    template_name = "forecasts/registration/password_set.html"
    success_url = reverse_lazy("board")
    post_reset_login = True

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token_generator = AccountTokens(timezone.now())
        answer = super().dispatch(*args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. Answers the same whether or not the address has an account."""
    form = ResetRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        inviting.ask_to_reset(form.cleaned_data["email"], at=timezone.now())
        return render(request, "forecasts/registration/password_reset_asked.html")
    return render(request, "forecasts/registration/password_reset.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: HttpRequest, slug: str) -> HttpResponse:
    """An owner's page to invite somebody into a scenario."""
    scenario = get_object_or_404(Scenario.objects.visible_to(request.user), slug=slug)
    if not access.may(request.user, "invite", scenario):
        raise PermissionDenied
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = inviting.invite(scenario, **form.cleaned_data, by=request.user, at=timezone.now())
        except InvalidValue as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"{person.name} is invited; the mail goes out in a moment.")
            return redirect(scenario)
    return render(request, "forecasts/registration/invite.html", {"form": form, "scenario": scenario})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's name, time zone and API tokens."""
    form = AccountForm(request.POST or None, instance=_person(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("account")
    return _account_page(request, form)


def _person(request: HttpRequest) -> User:
    """A copy of whoever is logged in, so that a form with errors changes no name on the page."""
    return User.objects.get_by_natural_key(request.user.get_username())


def _account_page(request: HttpRequest, form: AccountForm, token: str = "") -> HttpResponse:
    tokens = AuthToken.objects.filter(user=request.user).order_by("created")
    shown = render(request, "forecasts/account.html", {"form": form, "tokens": tokens, "token": token})
    shown["Cache-Control"] = "no-store"
    return shown


@login_required
@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make an API token and show it, this once."""
    _, token = AuthToken.objects.create(request.user)
    return _account_page(request, AccountForm(instance=_person(request)), token)


@login_required
@require_POST
def revoke_token(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """End one of one's own tokens."""
    AuthToken.objects.filter(user=request.user, token_key=key).delete()
    messages.success(request, f"The token {key}… is revoked.")
    return redirect("account")
