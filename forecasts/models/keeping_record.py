"""Triggers that keep the record: what was asked and what was written stays, whatever the application's role tries.

The role that owns the tables is free: it migrates, loads and erases. Where one role does both, the record is as safe as
that role.
"""

from collections.abc import Sequence

import pgtrigger

IS_OWNER = "pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')"
BY = "nullif(current_setting('reckoner.by', true), '')::bigint"
AT = "coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp())"
BECAUSE = "coalesce(current_setting('reckoner.because', true), '')"


def _differ(columns: Sequence[str]) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"(({old}) IS DISTINCT FROM ({new}))"


def _refuse(what: str) -> str:
    return f"RAISE EXCEPTION 'the record: {what}' USING ERRCODE = 'insufficient_privilege';"


def unchanging(columns: Sequence[str], what: str, condition: str = "true") -> pgtrigger.Trigger:
    """Refuses a change of these columns, and a row's end, where the condition holds of the row as it was."""
    return pgtrigger.Trigger(
        name="stays",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF NOT {IS_OWNER} AND ({condition}) AND (TG_OP = 'DELETE' OR {_differ(columns)}) THEN
                {_refuse(what)}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def amended(columns: Sequence[str]) -> Sequence[pgtrigger.Trigger]:
    """What a published forecast asks changes with its version alone, and its version with an amendment that says so."""
    ones = " OR ".join(
        f"(OLD.{column} IS DISTINCT FROM NEW.{column} AND NOT said ? '{column.removesuffix('_id')}')"
        for column in columns
    )
    return [
        pgtrigger.Trigger(
            name="asks",
            operation=pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=f"""
                IF {IS_OWNER} OR OLD.published_at IS NULL THEN
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END IF;
                IF TG_OP = 'DELETE' THEN {_refuse("what was published stays")} END IF;
                IF NEW.published_at IS DISTINCT FROM OLD.published_at
                    OR NEW.version NOT IN (OLD.version, OLD.version + 1)
                    OR (NEW.version = OLD.version AND {_differ(columns)})
                    OR (NEW.version = OLD.version AND OLD.two_people_resolve AND NOT NEW.two_people_resolve)
                THEN {_refuse("only an amendment changes what is asked")} END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="amended",
            operation=pgtrigger.UpdateOf("version"),  # type: ignore[no-untyped-call]
            when=pgtrigger.After,
            timing=pgtrigger.Deferred,
            declare=[("said", "jsonb")],
            func=f"""
                IF {IS_OWNER} OR OLD.published_at IS NULL OR OLD.version = NEW.version THEN RETURN NULL; END IF;
                SELECT changes INTO said FROM forecasts_amendment
                    WHERE forecast_id = NEW.id AND version = NEW.version;
                IF said IS NULL OR {ones} THEN {_refuse("an amendment says what it changes")} END IF;
                RETURN NULL;
            """,  # noqa: S608 -- our own words
        ),
    ]


COUNTED_BY = pgtrigger.Trigger(
    name="counted_by",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("published", "timestamptz")],
    func=f"""
        SELECT published_at INTO published FROM forecasts_forecast WHERE id = NEW.forecast_id;
        IF {IS_OWNER} OR published IS NULL OR EXISTS (
            SELECT FROM forecasts_amendment
            WHERE forecast_id = NEW.forecast_id AND version = NEW.criteria_version AND changes ? 'spec'
        ) THEN RETURN NEW; END IF;
        -- What is loaded whole is published with its first rule, before anybody can have estimated.
        IF NEW.number > 1 OR NEW.made_at > published
            OR EXISTS (SELECT FROM forecasts_estimate WHERE forecast_id = NEW.forecast_id)
        THEN {_refuse("only an amendment changes what is counted")} END IF;
        RETURN NEW;
    """,  # noqa: S608 -- our own words
)
STAYS_STRICT = pgtrigger.Trigger(
    name="stays_strict",
    operation=pgtrigger.UpdateOf("two_people_resolve"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    condition=pgtrigger.Q(old__two_people_resolve=True, new__two_people_resolve=False),
    func="""
        UPDATE forecasts_forecast SET two_people_resolve = true
            WHERE scenario_id = NEW.id AND published_at IS NOT NULL AND NOT two_people_resolve;
        RETURN NULL;
    """,
)
OFFICES_CHANGE = pgtrigger.Trigger(
    name="handed_over",
    operation=pgtrigger.UpdateOf("resolver_id", "backup_id"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    func=f"""
        IF OLD.published_at IS NOT NULL
            AND (OLD.resolver_id, OLD.backup_id) IS DISTINCT FROM (NEW.resolver_id, NEW.backup_id) THEN
            INSERT INTO forecasts_handover
                (forecast_id, resolver_before, resolver_after, backup_before, backup_after, made_at, made_by_id, reason)
            VALUES (NEW.id, OLD.resolver_id, NEW.resolver_id, OLD.backup_id, NEW.backup_id, {AT}, {BY}, {BECAUSE});
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- our own words
)
MEMBERSHIP_CHANGES = pgtrigger.Trigger(
    name="changes",
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("role"),  # type: ignore[no-untyped-call]
    when=pgtrigger.After,
    declare=[("about", "forecasts_membership")],
    func=f"""
        about := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        IF TG_OP <> 'UPDATE' OR OLD.role IS DISTINCT FROM NEW.role THEN
            INSERT INTO forecasts_membershipchange (scenario_id, user_id, before, after, made_at, made_by_id)
            VALUES (
                about.scenario_id, about.user_id,
                CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.role END,
                CASE WHEN TG_OP = 'DELETE' THEN '' ELSE NEW.role END,
                {AT}, {BY}
            );
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- our own words
)
SUPERUSER_BY_GROUP = pgtrigger.Trigger(
    name="superuser",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
        IF NOT {IS_OWNER} AND pg_trigger_depth() < 2
            AND NEW.is_superuser IS DISTINCT FROM (TG_OP = 'UPDATE' AND OLD.is_superuser) THEN
            {_refuse("who is in the group of administrators is a superuser, and nobody else")}
        END IF;
        RETURN NEW;
    """,
)
