"""The statements of the replay that are written by hand."""

# The next instant at which somebody is to be asked, a mail to go out, a forecast to be settled.
DUE_AFTER = """
SELECT LEAST((SELECT min(next_at) FROM forecasts_watch WHERE next_at > %(moment)s),
        (SELECT min(send_after) FROM forecasts_prompt
            WHERE state = 'planned' AND message_id IS NULL AND send_after > %(moment)s)) AS asking,
    (SELECT min(due_at) FROM forecasts_message WHERE state IN ('queued', 'leased') AND due_at > %(moment)s) AS sending,
    (SELECT min(due_at) FROM forecasts_settlement WHERE due_at > %(moment)s) AS settling
"""
