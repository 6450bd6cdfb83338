"""The statements of the rules that are written by hand."""

NOW = "SELECT clock_timestamp() AS at"
