"""Letting somebody in who has given a password: to the second step, where there is one."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from forecasts.models import User


def enter(request: HttpRequest, person: User, address: str) -> HttpResponse:
    """Lead on to an address of ours, or first to the page that asks for the second factor."""
    login = Login(user=person, redirect_url=address, email=person.email)
    answer: HttpResponse = perform_password_login(request, {"email": person.email}, login)
    return answer
