"""Whoever had left before departures were dated, leaves at the upgrade: what was pooled before does not change."""

from django.db import migrations

LEFT = """
    INSERT INTO forecasts_departure (user_id, scenario_id, made_at)
    SELECT DISTINCT r.user_id, f.scenario_id, now()
    FROM forecasts_estimate e
    JOIN forecasts_forecaster r ON r.id = e.forecaster_id
    JOIN forecasts_user u ON u.id = r.user_id
    JOIN forecasts_forecast f ON f.id = e.forecast_id
    JOIN forecasts_scenario s ON s.id = f.scenario_id
    WHERE u.is_active AND NOT u.is_superuser
        AND NOT EXISTS (SELECT 1 FROM forecasts_membership m
            WHERE m.user_id = u.id AND m.scenario_id = s.id AND m.role <> 'viewer')
        AND NOT (s.visibility = 'all' AND EXISTS (SELECT 1 FROM forecasts_user_groups g WHERE g.user_id = u.id))
"""
CLOSED = """
    INSERT INTO forecasts_departure (user_id, made_at)
    SELECT u.id, coalesce(u.erased_at, now()) FROM forecasts_user u WHERE NOT u.is_active
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forecasts", "0017_departures"),
    ]

    operations = [
        migrations.RunSQL([LEFT, CLOSED], migrations.RunSQL.noop),
    ]
