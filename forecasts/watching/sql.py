"""The statement of this room that is written by hand, of fixed text."""

from forecasts.models import standing

# What holds for prompts by now; asked for every message that is handed over.
WHAT_HOLDS = f"""
SELECT p.id AS pk, p.kind, p.slot, u.is_active, u.time_zone, w.absent_until,
    coalesce(p.kind = ANY(w.stopped), false) AS is_stopped, p.forecast_id IS NOT NULL AS has_forecast, f.closes_at,
    m.id IS NOT NULL AS is_muted, m.until AS muted_until,
    EXISTS (SELECT FROM {standing.complete()} v WHERE v.forecast_id = f.id) AS is_resolved,
    (SELECT coalesce(v.takes_effect_at, v.recorded_at) FROM {standing.telling()} v WHERE v.forecast_id = f.id
        ORDER BY v.recorded_at DESC, v.id DESC LIMIT 1) AS told_at,
    e.made_at AS answered_at, coalesce(e.event = 'decline', false) AS is_declined,
    u.id IN (f.resolver_id, f.backup_id) OR EXISTS (SELECT FROM forecasts_membership s
        WHERE s.scenario_id = f.scenario_id AND s.user_id = u.id AND s.role = %(owner)s) AS is_theirs,
    CASE WHEN EXISTS (SELECT FROM forecasts_forecast_assignees a WHERE a.forecast_id = f.id)
        THEN EXISTS (SELECT FROM forecasts_forecast_assignees a WHERE a.forecast_id = f.id AND a.user_id = u.id)
        ELSE EXISTS (SELECT FROM forecasts_membership s
            WHERE s.scenario_id = f.scenario_id AND s.user_id = u.id AND s.role = ANY(%(asked)s)) END AS is_asked,
    (SELECT t.until FROM forecasts_postponement t WHERE t.forecast_id = f.id AND t.made_at <= %(at)s
        AND t.made_at >= p.slot ORDER BY t.made_at DESC, t.id DESC LIMIT 1) AS postponed_until,
    EXISTS (SELECT FROM forecasts_prompt n WHERE n.recipient_id = p.recipient_id AND n.state = 'planned'
        AND n.forecast_id IS NOT DISTINCT FROM p.forecast_id
        AND (n.kind = p.kind OR p.kind = ANY(%(estimate)s) AND n.kind = ANY(%(estimate)s)
            OR p.kind = ANY(%(resolution)s) AND n.kind = ANY(%(resolution)s))
        AND (n.slot, coalesce(array_position(%(rising)s::text[], n.kind::text), 0), n.id)
            > (p.slot, coalesce(array_position(%(rising)s::text[], p.kind::text), 0), p.id)
        AND (n.send_after IS NULL OR n.send_after <= %(at)s)) AS is_repeated
FROM forecasts_prompt p
JOIN forecasts_user u ON u.id = p.recipient_id
LEFT JOIN forecasts_preference w ON w.user_id = u.id
LEFT JOIN forecasts_forecast f ON f.id = p.forecast_id
LEFT JOIN forecasts_mute m ON m.forecast_id = f.id AND m.user_id = u.id AND (m.until IS NULL OR m.until > %(at)s)
LEFT JOIN LATERAL (SELECT e.made_at, e.event FROM forecasts_estimate e
    JOIN forecasts_forecaster c ON c.id = e.forecaster_id AND c.user_id = u.id
    WHERE e.forecast_id = f.id AND e.made_at <= %(at)s ORDER BY e.made_at DESC, e.id DESC LIMIT 1) e ON true
WHERE p.id = ANY(%(prompts)s)
"""  # noqa: S608 - texts of ours
