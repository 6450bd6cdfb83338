"""A new password, by whoever knows the old one. Who does not asks for a link by mail."""

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy

from forecasts.pages.doors.limited import WAS_RIGHT


class ChangePasswordView(PasswordChangeView):
    template_name = "forecasts/doors/password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        setattr(self.request, WAS_RIGHT, True)
        messages.success(self.request, "Your password is new. Your other log-ins and your API tokens have ended.")
        return super().form_valid(form)

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """Only a wrong old password is a guess."""
        setattr(self.request, WAS_RIGHT, "old_password" not in form.errors)
        return super().form_invalid(form)
