"""The analysts' desk: the site that `forecasts/admin/` fills. Apart from it, since filling needs the site."""

from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from forecasts import access


class Desk(admin.AdminSite):
    site_header = "Reckoner"
    site_title = "Reckoner"
    index_title = "The desk"
    enable_nav_sidebar = False
    # The admin's own form asks for is_staff; here the roles decide, below.
    login_form = AuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        return access.may_enter_admin(request.user)
