"""Triggers that have forecasts settled again whose situation changes, whoever changes it."""

import pgtrigger

_DUE = "UPDATE forecasts_settlement SET due_at = 'epoch' WHERE settled_at IS NOT NULL AND forecast_id"


def forecast_regroups() -> pgtrigger.Trigger:
    """Its name for the situation, its scenario or its opening changed."""
    return pgtrigger.Trigger(
        name="regroups",
        operation=pgtrigger.UpdateOf("situation", "scenario_id", "opens_at"),  # type: ignore[no-untyped-call]
        when=pgtrigger.After,
        func=f"{_DUE} = NEW.id; RETURN NULL;",
    )


def scenario_regroups() -> pgtrigger.Trigger:
    """It became a pool of unrelated questions, or is none any more."""
    return pgtrigger.Trigger(
        name="regroups",
        operation=pgtrigger.UpdateOf("is_pool"),  # type: ignore[no-untyped-call]
        when=pgtrigger.After,
        condition=pgtrigger.Q(old__is_pool__df=pgtrigger.F("new__is_pool")),
        func=f"{_DUE} IN (SELECT id FROM forecasts_forecast WHERE scenario_id = NEW.id); RETURN NULL;",  # noqa: S608
    )
