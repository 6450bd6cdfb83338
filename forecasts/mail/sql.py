"""The statements of the mail room that are written by hand, each of fixed text.

Every tick or every mail asks them: the ORM would compile them anew each time, which takes longer than running them.
"""

# Which database this is: the server's identifier and timeline, the database in it, and the table of messages.
HERE = """
((SELECT system_identifier FROM pg_control_system())
    || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
    || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
    || '/' || 'forecasts_message'::regclass::oid)
"""
WHERE = f"SELECT {HERE} AS here"

# Whether a sweep of planning has anything to do.
ANYTHING_DUE = """
SELECT EXISTS (SELECT FROM forecasts_watch WHERE next_at <= %(at)s) OR EXISTS (SELECT FROM forecasts_prompt
    WHERE state = 'planned' AND message_id IS NULL AND (send_after IS NULL OR send_after <= %(at)s)) AS is_due
"""

# Rows by the hundred, written in one statement.
MOVE_PROMPTS = """
UPDATE forecasts_prompt p SET state = d.state, reason = d.reason, message_id = d.message, send_after = d.send_after
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz[])
    AS d(id, state, reason, message, send_after) WHERE p.id = d.id
"""
MOVE_WATCHES = """
UPDATE forecasts_watch w SET next_at = d.next_at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS d(id, next_at) WHERE w.id = d.id
"""
NEW_MESSAGES = "SELECT nextval(pg_get_serial_sequence('forecasts_message', 'id')) AS id FROM generate_series(1, %s)"
# The columns of a new message, with their types.
MESSAGE = {
    "id": "int8",
    "recipient_id": "int8",
    "address": "varchar",
    "subject": "varchar",
    "content": "bytea",
    "message_id": "varchar",
    "made_at": "timestamptz",
    "state": "varchar",
    "due_at": "timestamptz",
    "tries": "int2",
    "reason": "text",
}
ADD_MESSAGES = f"COPY forecasts_message ({', '.join(MESSAGE)}) FROM STDIN (FORMAT BINARY)"

# Those that another transaction holds are passed over: another sender, or a fact that makes them pointless.
TAKE = f"""
SELECT m.*, 'No mail goes to this address any more: ' ||
    (SELECT s.reason FROM forecasts_suppression s WHERE s.address = lower(m.address)) AS suppressed
FROM forecasts_message m
WHERE m.state IN ('queued', 'leased') AND m.due_at <= %(at)s AND NOT EXISTS (
    SELECT FROM forecasts_installation i WHERE i.paused_at IS NOT NULL OR i.identity <> {HERE})
ORDER BY m.due_at, m.id LIMIT 1
FOR UPDATE OF m SKIP LOCKED
"""  # noqa: S608 - two texts of ours
ASKED = "SELECT id FROM forecasts_prompt WHERE message_id = %s AND state = 'planned'"
HOLD = """
WITH held AS (
    UPDATE forecasts_message SET state = 'leased', lease = %(lease)s, due_at = %(until)s, tries = tries + 1
    WHERE id = %(message)s)
INSERT INTO forecasts_attempt (message_id, lease, made_at) VALUES (%(message)s, %(lease)s, %(at)s) RETURNING id
"""
# It need not reach the disk by itself: the next attempt does, before anything else is sent, and takes it along.
WRITE = """
WITH receipt AS (
    INSERT INTO forecasts_receipt (attempt_id, answer, code, text, made_at)
    SELECT %(attempt)s, %(answer)s, %(code)s::smallint, %(text)s, %(at)s WHERE %(answer)s IS NOT NULL
    ON CONFLICT (attempt_id) DO NOTHING),
moved AS (
    UPDATE forecasts_message SET state = %(state)s, lease = NULL, reason = %(reason)s, tries = %(tries)s,
        due_at = coalesce(%(due_at)s, due_at), sent_at = coalesce(%(sent_at)s, sent_at)
    WHERE id = %(message)s AND lease = %(lease)s RETURNING id),
asked AS (
    UPDATE forecasts_prompt p SET state = %(asked)s, reason = %(reason)s FROM moved
    WHERE p.message_id = moved.id AND p.state = 'planned' AND %(asked)s IS NOT NULL)
SELECT count(*) AS moved FROM moved, set_config('synchronous_commit', 'off', true)
"""
