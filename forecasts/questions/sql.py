"""The statements of questions that are written by hand."""

# A lock of the session: it lasts until it is given back, or the session ends.
HOLD = "SELECT pg_try_advisory_lock(%s) AS is_held"
GIVE_BACK = "SELECT pg_advisory_unlock(%s)"
# Of the transaction: two who add the same text at once come one after the other.
HOLD_TEXT = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
