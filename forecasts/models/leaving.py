"""Triggers by which the database notes that somebody left, whoever takes the membership away or closes the account."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pgtrigger
from django.db import connections

_SETTING = "reckoner.at"
_AT = f"coalesce(nullif(current_setting('{_SETTING}', true), '')::timestamptz, clock_timestamp())"


@contextmanager
def departing(at: datetime, using: str = "default") -> Iterator[None]:
    """Who leaves within, left at `at`; elsewhere, when the database says that it happened."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [_SETTING, at.isoformat()])
        try:
            yield
        finally:
            cursor.execute("SELECT set_config(%s, '', false)", [_SETTING])


MEMBERSHIP_ENDS = pgtrigger.Trigger(
    name="leaves",
    operation=pgtrigger.Delete | pgtrigger.UpdateOf("role"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    func=f"""
        IF TG_OP = 'DELETE' OR (NEW.role = 'viewer' AND OLD.role <> NEW.role) THEN
            INSERT INTO forecasts_departure (user_id, scenario_id, made_at)
            VALUES (OLD.user_id, OLD.scenario_id, {_AT});
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- our own words
)
ACCOUNT_CLOSES = pgtrigger.Trigger(
    name="closes",
    operation=pgtrigger.UpdateOf("is_active"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    condition=pgtrigger.Q(old__is_active=True, new__is_active=False),
    func=f"""
        INSERT INTO forecasts_departure (user_id, made_at) VALUES (NEW.id, {_AT});
        RETURN NULL;
    """,  # noqa: S608 -- our own words
)
