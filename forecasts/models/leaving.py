"""Triggers by which the database notes that somebody left, whoever takes the membership away or closes the account."""

from contextlib import AbstractContextManager
from datetime import datetime

import pgtrigger

from forecasts.models.sql import SAID_AT, saying


def departing(at: datetime, using: str = "default") -> AbstractContextManager[None]:
    """Who leaves within, left at `at`; elsewhere, when the database says that it happened."""
    return saying(using=using, at=at.isoformat())


MEMBERSHIP_ENDS = pgtrigger.Trigger(
    name="leaves",
    operation=pgtrigger.Delete | pgtrigger.UpdateOf("role"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    func=f"""
        IF TG_OP = 'DELETE' OR (NEW.role = 'viewer' AND OLD.role <> NEW.role) THEN
            INSERT INTO forecasts_departure (user_id, scenario_id, made_at)
            VALUES (OLD.user_id, OLD.scenario_id, {SAID_AT});
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
        INSERT INTO forecasts_departure (user_id, made_at) VALUES (NEW.id, {SAID_AT});
        RETURN NULL;
    """,  # noqa: S608 -- our own words
)
