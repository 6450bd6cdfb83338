"""Making and ending one's API tokens, by whoever has just shown that it is them."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from forecasts.models import Token
from forecasts.pages.views import accounts
from forecasts.pages.views.looking import reader
from forecasts.rules import clock, tokens
from forecasts.rules.errors import InvalidValue


@login_required
@require_POST
@reauthentication_required(app="forecasts")  # type: ignore[untyped-decorator]
def make(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once."""
    asked = request.POST if accounts.TokenForm.base_fields.keys() & request.POST.keys() else tokens.DEFAULTS
    form = accounts.TokenForm(asked)
    if not form.is_valid():
        return accounts.account_page(request, token_form=form)
    try:
        _, secret = tokens.make(reader(request), **form.cleaned_data, at=clock.now())
    except InvalidValue as error:
        form.add_error(error.field, str(error))
        return accounts.account_page(request, token_form=form)
    return accounts.account_page(request, token=secret)


@login_required
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """End one of one's own tokens."""
    for token in Token.objects.filter(user=reader(request), token_key=key):
        tokens.revoke(token, at=clock.now())
        messages.success(request, f"The token “{token.name}” is revoked.")
    return redirect("account")
