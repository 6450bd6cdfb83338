"""The project's own app: commands, checks, wiring."""

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks  # noqa: F401


class DeskConfig(SimpleAdminConfig):
    """Django's admin with our site in it. Its pages come with the addresses: workers and commands show none."""

    default_site = "core.desk.Desk"
