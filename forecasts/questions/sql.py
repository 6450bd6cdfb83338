"""The statements of questions that are written by hand."""

# Both locks are of the transaction, because behind a pooler the next statement may come in another session.
HOLD = "SELECT pg_try_advisory_xact_lock(%s) AS is_held"
# Two who add the same text at once come one after the other.
HOLD_TEXT = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
