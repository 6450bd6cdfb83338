"""The project's own app: commands, checks, wiring."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks  # noqa: F401


class DeskConfig(AdminConfig):
    """Django's admin with our site in it."""

    default_site = "forecasts.desk.Desk"
