"""The project's own app: commands, checks, wiring."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks  # noqa: F401
        from forecasts.pages.doors import listening
        from forecasts.rules import grants

        grants.connect(apps.get_app_config("forecasts"))
        listening.connect()


class DeskConfig(SimpleAdminConfig):
    """Django's admin with our site in it. Its pages come with the addresses: workers and commands show none."""

    default_site = "core.desk.Desk"
