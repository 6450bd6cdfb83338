"""The statements of answers that are written by hand."""

# Whether this role owns the tables of facts, or is of the role that does.
OWNS = "SELECT pg_has_role(tableowner, 'MEMBER') AS owns FROM pg_tables WHERE tablename = 'forecasts_estimate'"
