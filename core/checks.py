"""System checks: what an operator must mend before people rely on this installation."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection


@register(Tags.security)
def site_url_is_encrypted(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.SITE_URL.startswith("https://"):
        return []
    return [
        CheckWarning(
            "SITE_URL does not start with https://, so links in mails travel in the clear.",
            hint="Put a TLS proxy in front and set SITE_URL to its https:// address.",
            id="reckoner.W001",
        )
    ]


@register(Tags.security)
def proxies_are_named(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.TRUSTED_PROXIES:
        return []
    return [
        CheckWarning(
            "TRUSTED_PROXIES names no proxy, so whoever comes through one counts as one client: wrong guesses of one"
            " stop everybody's log-in from a new device for a minute.",
            hint="Name the address or network of the proxy in front, such as TRUSTED_PROXIES=172.16.0.0/12.",
            id="reckoner.W004",
        )
    ]


@register()
def a_lease_outlasts_two_messages(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The next message is leased while one is handed over, and both may take all of their time."""
    if settings.LEASE_SECONDS >= 2 * settings.MESSAGE_SECONDS > 0:
        return []
    return [
        Error(
            f"A lease of {settings.LEASE_SECONDS:g} s is too short for messages that may take"
            f" {settings.MESSAGE_SECONDS:g} s each: another worker would send them as well.",
            hint="Set LEASE_SECONDS to at least twice MESSAGE_SECONDS.",
            id="reckoner.E002",
        )
    ]


@register(Tags.database)
def application_role_owns_nothing(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    if not settings.PRODUCTION or not databases or not application_owns_facts():
        return []
    return [
        CheckWarning(
            "The application connects as the role that owns the tables, so it could change facts.",
            hint="Give DATABASE_URL a role of its own and the owner's to DATABASE_OWNER_URL; see docs/operating.md.",
            id="reckoner.W002",
        )
    ]


def application_owns_facts() -> bool:
    """Whether the role of the default connection owns the table of estimates; False where there is none yet."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'forecasts_estimate'")
            return bool(cursor.fetchone() == (True,))
    except DatabaseError:
        return False


@register(Tags.database)
def no_demonstration_password_in_production(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    if not settings.PRODUCTION or not databases or not demonstration_accounts():
        return []
    return [
        Error(
            "A demonstration account can log in, and its password was printed on a screen.",
            hint="Close them with: manage.py close_demo_accounts",
            id="reckoner.E001",
        )
    ]


def demonstration_accounts() -> int:
    """How many demonstration people can log in; 0 where there are no tables yet."""
    from forecasts.models import User

    try:
        people = User.objects.filter(is_demo=True, is_active=True)
        return sum(person.has_usable_password() for person in people)
    except DatabaseError:
        return 0


@register
def extractor_is_set_up_wholly_or_not_at_all(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    from forecasts.extractors import problems

    hint = "Statements are found by the rules until this is mended; see docs/statements.md."
    return [CheckWarning(problem, hint=hint, id="reckoner.W003") for problem in problems()]


@register(Tags.database)
def every_category_has_a_record(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    unknown = unknown_categories() if databases else []
    hint = "Bring back the record of each in forecasts/language/categories/members/, or put those rows elsewhere."
    return [Error(f"There is no category “{key}”, and rows have it.", hint=hint, id="reckoner.E003") for key in unknown]


def unknown_categories() -> list[str]:
    """The categories of forecasts and statements that no record tells of; none where there are no tables yet."""
    from forecasts.models import Category, Forecast, Statement

    try:
        strangers = [model.objects.exclude(category__in=Category.values) for model in (Forecast, Statement)]
        return sorted({key for rows in strangers for key in rows.values_list("category", flat=True)})
    except DatabaseError:
        return []


def refuse() -> None:
    """Stop a process from starting on what would go wrong later, on a page."""
    refuse_demonstration()
    if unknown := unknown_categories():
        raise ImproperlyConfigured(f"Rows have categories that there are no records of: {', '.join(unknown)}.")


def refuse_demonstration() -> None:
    """Stop a production process from starting while a demonstration account can log in."""
    if settings.PRODUCTION and demonstration_accounts():
        raise ImproperlyConfigured(
            "Production does not start while a demonstration account can log in. "
            "Close them with: manage.py close_demo_accounts"
        )
